"""Forms as customers of Typeform write them, invented, and what a person would map them to."""

import uuid
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


def question(title: str, kind: str, choices: Iterable[str] = (), **properties: object) -> Json:
    """A question with the refs Typeform gives where nobody names one."""
    made = {"properties": dict(properties)}
    if choices:
        made["properties"]["choices"] = [
            {"id": _id(title, label)[:12], "ref": _id(title, label), "label": label}
            for label in choices
        ]
    return {"id": _id(title)[:12], "ref": _id(title), "title": title, "type": kind} | made


def form(title: str, hidden: Iterable[str], *fields: Json) -> Json:
    """A form as `GET /forms/{form_id}` gives it."""
    return {
        "id": "Theirs1",
        "title": title,
        "hidden": list(hidden),
        "fields": list(fields),
        "_links": {"display": "https://form.typeform.com/to/Theirs1"},
    }


def _id(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


WIN_LOSS = form(
    "Your evaluation of Harbourline",
    ["decision_id", "account_id", "utm_source"],
    question("What business problem were you trying to solve?", "long_text"),
    question(
        "What was the outcome of your evaluation?",
        "multiple_choice",
        [
            "We bought from another vendor",
            "We decided to build it in-house",
            "We decided not to buy anything",
            "Prefer not to say",
        ],
    ),
    question("Which vendor did you choose?", "short_text"),
    question("Why did you choose this vendor over us?", "long_text"),
    question(
        "Which factor was most important in your decision?",
        "dropdown",
        [
            "Pricing",
            "Missing features",
            "Ease of use",
            "Integrations with our systems",
            "Customer references",
            "Security and compliance",
            "Implementation effort",
            "The relationship with the other vendor",
            "Other",
        ],
    ),
    question("Overall, how would you rate your experience with our sales team?", "rating", steps=5),
    question("How well did our team understand your business?", "opinion_scale", steps=11),
    question("What could we have done differently to win your business?", "long_text"),
    question("If we had done that, would you have chosen us?", "yes_no"),
    question("What is your role?", "short_text"),
    question("How many people were involved in the decision?", "number"),
    question("May we contact you with follow-up questions?", "yes_no"),
    question("Your e-mail", "email"),
)
WIN_LOSS_MAP = {
    "What business problem were you trying to solve?": "goal",
    "What was the outcome of your evaluation?": "outcome_said",
    "Which vendor did you choose?": "competitor_said",
    "Why did you choose this vendor over us?": "what_happened",
    "Which factor was most important in your decision?": "reason_chosen",
    "Overall, how would you rate your experience with our sales team?": "rate_people",
    "What could we have done differently to win your business?": "would_have_changed",
    "How well did our team understand your business?": "trust_business",
    "May we contact you with follow-up questions?": "call_me",
}

CANCELLATION = form(
    "Sorry to see you go",
    ["account_id", "plan"],
    question(
        "What is the *main reason* you are cancelling your subscription?",
        "multiple_choice",
        [
            "Too expensive for the value",
            "Not enough team adoption",
            "Missing a critical integration",
            "Missing features I need",
            "Switching to a competitor",
            "Technical issues",
            "Project ended / no longer needed",
            "Too complex to use",
            "Just need a break",
            "Other",
        ],
        allow_multiple_selection=False,
        allow_other_choice=True,
    ),
    question("Can you tell us a bit more about what happened?", "long_text"),
    question("Which product are you switching to?", "short_text"),
    question("What did you like most about our product?", "long_text"),
    question("What could we have done to keep you?", "long_text"),
    question("How satisfied were you with our product overall?", "opinion_scale", steps=10,
             start_at_one=True),
    question("How likely are you to recommend us to a friend or colleague?", "nps"),
    question(
        "Would you consider coming back in the future?",
        "multiple_choice",
        ["Yes", "No", "Maybe"],
    ),
    question("When did you first consider leaving us?", "date"),
    question("How long have you been a customer?", "dropdown", ["Weeks", "Months", "Years"]),
    question("Can we quote you in our marketing?", "yes_no"),
)  # fmt: skip
CANCELLATION_MAP = {
    "What is the main reason you are cancelling your subscription?": "reason_chosen",
    "Can you tell us a bit more about what happened?": "what_happened",
    "Which product are you switching to?": "competitor_said",
    "What could we have done to keep you?": "would_have_changed",
    "How satisfied were you with our product overall?": "satisfaction",
    "When did you first consider leaving us?": "first_doubt_on",
}

RELATIONSHIP = form(
    "Partnership survey",
    ["account_id", "respondent"],
    question(
        "From 0 to 10, how likely are you to recommend {{hidden:company}} to a colleague?",
        "nps",
    ),
    question("What is the main reason for your score?", "long_text"),
    question("How satisfied are you with our customer support?", "rating", steps=5),
    question("Overall, how satisfied are you with us?", "rating", steps=5),
    question("How well do we understand your business goals?", "opinion_scale", steps=5,
             start_at_one=True),
    question("To what extent does our product meet your expectations?", "opinion_scale", steps=5,
             start_at_one=True),
    question("How often does your account manager check in with you?", "multiple_choice",
             ["Weekly", "Monthly", "Quarterly", "Never"]),
    question("Do you plan to renew your contract?", "multiple_choice", ["Yes", "No", "Not sure"]),
    question("Which features do you use most?", "multiple_choice", ["Reports", "Alerts", "Maps"],
             allow_multiple_selection=True),
    question("What is the one thing we could improve?", "long_text"),
    question("Are you considering other vendors?", "yes_no"),
    question("May we contact you to talk about your feedback?", "yes_no"),
)  # fmt: skip
RELATIONSHIP_MAP = {
    "From 0 to 10, how likely are you to recommend … to a colleague?": "recommend",
    "Overall, how satisfied are you with us?": "satisfaction",
    "How well do we understand your business goals?": "goals_known",
    "To what extent does our product meet your expectations?": "met_expectation",
    "How often does your account manager check in with you?": "checked_in",
    "Do you plan to renew your contract?": "will_stay",
    "What is the one thing we could improve?": "missed",
    "May we contact you to talk about your feedback?": "call_me",
}

ALL = {
    "lost_deal": (WIN_LOSS, WIN_LOSS_MAP),
    "cancellation": (CANCELLATION, CANCELLATION_MAP),
    "pulse": (RELATIONSHIP, RELATIONSHIP_MAP),
}
