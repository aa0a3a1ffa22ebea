"""What stands beside a person's name, and what is no name although it looks like one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COURTEOUS = _words("doctor lady lord miss sir")
"""Titles that are everyday words too: only before what is no everyday word."""

ROLES = _words(
    "adviser advisor agent analyst architect assistant aunt boss brother buyer ceo cfo cio "
    "clerk colleague colleagues consultant contact contacts coo coordinator cto dad daughter "
    "developer director engineer founder friend gentleman guy husband installer lad lady lawyer "
    "lead manager mate mother mum nephew niece officer operator owner partner planner rep "
    "representative salesman salesperson saleswoman secretary sister son specialist supervisor "
    "technician therapist trainer uncle wife woman"
)
CALLED = _words("called named")
SPOKEN_WITH = _words(
    "asked asking chatted chatting dealing dealt emailed meeting messaged met phoned rang "
    "reached speak speaking spoke spoken talked talking written wrote"
)
THANKED = _words(
    "cheers dear greetings gruesse grusse hello hey hi kudos regards signed sincerely ta thank "
    "thanks yours"
)
PERSONAL = _words("& and ask by for from of to with")
"""What stands before persons, and before much else."""

THINGS = _words(
    "a an any around at each every in into its my near no on onto our out some that the their "
    "this to using via within without your"
)
"""What stands before places and things, and seldom before a name."""

SAID = _words(
    "admitted advised agreed answered apologised apologized argued asked assured called claimed "
    "confirmed emailed explained handled helped insisted kept knew listened mentioned offered "
    "phoned promised rang recommended refused replied said saw says showed speaks spoke told "
    "took tried visited went"
)
"""What a person does, and hardly anything else."""

NO_ONE = ROLES | _words("banks chase power price sales")
"""Names of persons that, where somebody acts, are mostly a role or a business."""

SWORE = _words("apologised apologized hung lied lies shouted swore yelled")
"""What only a person does."""
TOLD = _words("asked assured called emailed ignored messaged phoned promised rang told")
HEARERS = _words("back everybody everyone her him me my our the them us")
"""Who is told, after what a person does."""
BEING = _words("been is was were")
MANNERS = _words(
    "abrupt aggressive arrogant asked attentive clueless condescending courteous dishonest "
    "dismissive friendly helpful honest hostile impatient impolite incompetent knowledgeable "
    "lovely lying patient patronising patronizing polite promised pushy rude sarcastic sacked told "
    "unfriendly unhelpful unprofessional useless"
)
"""What a person is, or is done to one."""
DOING = _words("could did does would")
DEEDS = _words("answer apologise apologize call care email explain listen phone reply ring tell")
OFTEN = _words(
    "absolutely actually again almost also always both clearly constantly even extremely finally "
    "just literally never not often only openly personally quite really repeatedly simply so still "
    "then too totally twice very"
)
"""What stands between a person and what they do."""

TIMES = _words(
    "apr april aug august autumn christmas dec december easter feb february fri friday jan "
    "january january's jul july jun june mar march may mon monday nov november oct october sat "
    "saturday sep sept september spring summer sun sunday thu thurs thursday tue tues tuesday "
    "wed wednesday winter"
)
PLACES = _words(
    "adelaide africa alabama alexandria america amsterdam angeles asia austin bali bath berlin "
    "bologna bristol brooklyn cairo california carolina catania charlotte chelsea chester china "
    "cleveland cologne colorado cuba dakota dallas denver devon diego dublin durham florence "
    "florida francisco geneva genoa georgia german holland houston india indiana indy ireland "
    "israel italia italy jackson jamaica jordan kent kenya kingston leicester lincoln lisbon "
    "london louisiana lyon madison marseille memphis miami milan milano montana munich naples "
    "nevada newcastle odessa ohio orlando oslo paris phoenix plymouth rica rico roma roman rome "
    "salem salerno santiago savannah sierra sofia sydney syria tennessee texas trinidad troy "
    "turin utah valencia venice verona vienna virginia washington york zurich"
)
"""Places that are names of persons too."""

RATHER_NAMES = _words(
    "bob carol derrick glen harry heather jack jay john josh ken lance lee lily maria martin "
    "mike nick peter ray robin rosemary ruby sally sherry sue terry tom tony warren"
)
"""Everyday words by the letter, which with a capital are hardly anything but names."""

SELDOM_SMALL = _words("anni conn corona emal fritz hella jean lewis nada oscar sayin theres tomo")
"""Given names that with small letters are mostly something else."""

ALSO_GIVEN = _words("abe ali art bert chuck ed jo liz mick ned pat rob rod ron sid ted will")
"""Given names that the list lacks; they count where something tells of a person."""

BUSINESS = _words(
    "academy agile airbnb amazon analytics android api app apple apps azure b2b basecamp bing "
    "bitcoin blockchain bluetooth box brexit canva chatbot chatgpt chrome citrix cloud cookie "
    "coronavirus covid crm css csv dashboard databricks dealer devops docker docusign dropbox "
    "dynamics ebay ecommerce email erp etc evernote excel exchange facebook faq figma fintech "
    "firefox freemium gartner github gitlab gmail google hotmail html http hubspot iban ikea "
    "implementation instagram intercom internet intl intuit ios ipad iphone iso java javascript "
    "jira json kafka kanban kpi kubernetes legal linkedin linux login mac mailchimp marketo "
    "mastercard meta microsoft miro mobile msrp netflix netsuite notion oauth ok okay okta "
    "onboarding oracle outlook paas paypal pc pdf pinterest plc po postgres powerbi powerpoint "
    "premium prime pro procurement python quickbooks reddit rest roi saas sage salesforce sap "
    "screenshot scrum sdk security servicenow sharepoint shopify siri skype sla slack "
    "smartphone snowflake sql sso stripe support tableau teams tesla tiktok trello trustpilot "
    "twitter typeform uber ui uk unix url usa usb usd ux vat visa vpn webex webinar website "
    "whatsapp wi wifi windows wordpress workday xero yahoo youtube zapier zendesk zoho zoom"
)
"""Companies, products and terms of business that a dictionary does not have, or has as names."""

TONGUES = _words(
    "american arabic asian australian belgian british canadian chinese czech danish dutch "
    "english european finnish flemish french german greek hebrew hindi hungarian indian irish "
    "italian japanese korean latin mexican norwegian polish portuguese romanian russian "
    "scottish spanish swedish swiss turkish ukrainian welsh"
)
COMPOUND = _words(
    "cape costa des east el fort grand great la lake las los mount new north old port porto "
    "puerto rio saint san santa santo sao south st upper west"
)
"""What begins the name of a place, so that the next word is none of a person."""

CHATTED = _words(
    "ahah ahh asap aww bday bff bro btw bye congrats cos cust cuz fav flt fwd fyi gnight "
    "gracias haha heh hehe hmm imo ive kinda lol luv mate nah nbr omg pics pls plz pref rep rly "
    "serv svc tbh thks thru thx tix tks ugh ur wanna wow wtf xmas ya yay yeah yep yup"
)
"""What is written in a hurry."""

NO_PERSONS = TONGUES | CHATTED | _words("he her him i it me my she them they us we you")
NEVER = TIMES | NO_PERSONS
NO_NAMES = PLACES | BUSINESS
