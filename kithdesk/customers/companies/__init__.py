"""Companies: the organisations that customers are of. One has many customers, a customer at most one company.

A company is known by its domains and its external id, each of one company alone. Others enter through the front door of
`customers`.
"""
