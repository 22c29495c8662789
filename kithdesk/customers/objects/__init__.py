"""Custom objects: records of the company's own kinds, such as orders, beside the customer they belong to.

A *klass* is a kind: its names, its look, and the attributes that the slice `attributes` keeps for it. A *kobject* is
one record of it, of a customer, of a company, or of nobody. Others enter through the front door of `customers`.
"""
