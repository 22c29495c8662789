"""Birch & Burrow, the shop of the demo: pages as text, drawings and scripts as files. It knows nothing of the desk."""

from kithdesk.demo.shop.account import account_page
from kithdesk.demo.shop.basket import basket_page
from kithdesk.demo.shop.help import help_page
from kithdesk.demo.shop.home import home_page
from kithdesk.demo.shop.layout import NAME, Visit
from kithdesk.demo.shop.lost import lost_page
from kithdesk.demo.shop.product import product_page
from kithdesk.demo.shop.shelves import shelf_page

__all__ = [
    "NAME",
    "Visit",
    "account_page",
    "basket_page",
    "help_page",
    "home_page",
    "lost_page",
    "product_page",
    "shelf_page",
]
