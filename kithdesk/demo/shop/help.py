"""Help: what people ask most, answered, and the way to a person for the rest."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.demo.shop.html import Icon, icon, text
from kithdesk.demo.shop.layout import NAME, Visit, page

_Answers = Sequence[tuple[str, str]]

_TOPICS: tuple[tuple[str, str, Icon, _Answers], ...] = (
    (
        "delivery",
        "Delivery",
        "parcel",
        (
            (
                "How long does it take?",
                (
                    "Two working days to most of the country, three to the islands. Order before two in the afternoon"
                    " and it leaves the same day."
                ),
            ),
            (
                "What does it cost?",
                "£4.50, and nothing from £60. Next working day before noon is £8, whatever you order.",
            ),
            (
                "Where is my parcel?",
                (
                    "Your account shows where each order is. If it has said the same for two days, ask us in the chat"
                    " and we ring the courier."
                ),
            ),
            (
                "Can I change the address?",
                (
                    "As long as the order says “being packed”, yes: write to us in the chat. Afterwards the courier’s"
                    " message has a link to do it."
                ),
            ),
        ),
    ),
    (
        "returns",
        "Returns",
        "back",
        (
            (
                "How long may I think about it?",
                "60 days from the day it came, used or not. Things go outside; we would rather you found out properly.",
            ),
            (
                "How do I send it back?",
                "Ask in the chat for a label, wrap it up, and leave it at any parcel shop. The label is free.",
            ),
            ("When do I get my money?", "Within three days of your parcel reaching us, the way you paid."),
        ),
    ),
    (
        "mending",
        "Mending",
        "needle",
        (
            (
                "What do you mend?",
                (
                    "Everything with our leaf on it: zips, poles, buckles, seams, soles. If it cannot be mended you"
                    " get a new one."
                ),
            ),
            (
                "What does it cost?",
                (
                    "Nothing for five years. Afterwards from £12 for a buckle to £55 for a new pair of soles, told"
                    " before we start."
                ),
            ),
            (
                "How long is it away?",
                "Two to three weeks, longer before the summer. We tell you when it is on the bench and when it leaves.",
            ),
        ),
    ),
    (
        "sizes",
        "Sizes",
        "ruler",
        (
            (
                "Do the boots run large?",
                (
                    "They run true and a little wide. Between two sizes take the larger one, with the wool socks you"
                    " will wear."
                ),
            ),
            (
                "Which length of Dormouse?",
                "Short to 165 cm, Regular to 183 cm, Long to 198 cm. You should be able to point your toes.",
            ),
            (
                "How does Drizzle fit?",
                "Straight, with room for a fleece. If you never wear one underneath, take a size smaller.",
            ),
        ),
    ),
    (
        "gas",
        "Gas and flights",
        "flame",
        (
            (
                "Which canisters fit Ember?",
                "Any screw-on canister to EN 417, from any maker. Push-on cartridges do not fit.",
            ),
            (
                "May it fly?",
                "The stove may, clean and dry, in checked luggage. Canisters may not: buy them where you land.",
            ),
        ),
    ),
)


def help_page(visit: Visit) -> str:
    index = "".join(
        f'<a class="topic-link" href="#{slug}">{icon(sign)}{text(name)}</a>'
        for slug, name, sign, _ in _TOPICS
    )
    topics = "".join(_topic(slug, name, answers) for slug, name, _, answers in _TOPICS)
    body = f"""<div class="band band--narrow">
<header class="page-head">
  <h1>How can we help?</h1>
  <p class="page-lead">The things people ask most. For everything else there is a person.</p>
</header>
<nav class="topics" aria-label="Topics">{index}</nav>
{topics}
<section class="contact" id="contact">
  <div class="contact-words">
    <h2>Talk to a person</h2>
    <p class="contact-lead">The chat in the corner is answered by the people who pack, sew and test at {text(NAME)}.
      Write when it suits you: the answer waits here if you have gone.</p>
  </div>
  <button class="button" type="button" data-open-chat>{icon("chat")}Start a chat</button>
</section>
</div>"""
    about = "Delivery, returns, mending and sizes, and a person for the rest."
    return page(visit, title="Help", body=body, about=about)


def _topic(slug: str, name: str, answers: _Answers) -> str:
    entries = "".join(_answer(question, answer) for question, answer in answers)
    return f'<section class="topic" id="{slug}"><h2 class="topic-head">{text(name)}</h2>{entries}</section>'


def _answer(question: str, answer: str) -> str:
    return f"""<details class="answer">
  <summary class="question">{text(question)}</summary>
  <p class="answer-words">{text(answer)}</p>
</details>"""
