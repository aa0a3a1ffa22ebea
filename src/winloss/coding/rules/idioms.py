"""Turns of phrase whose words speak for no reason: "an expensive mistake", "at all costs".

A term inside one of them is not heard. Written like the terms of the codebook.
"""

IDIOMS = (
    "(expensive|costly|dear) (mistake*|lesson*|habit|hobby|toy|advice|consultant*)",
    "(at|whatever) (all|any|the) (cost|costs|price)",
    "(cost|costs) (us|me|him|her) (the|a|our|my|his) (job|customer*|contract|day|week|weekend)",
    "(pay|pays|paid|paying) (attention|a visit|lip service|a compliment|tribute|heed)",
    "(price|cost) of (everything|success|progress|admission|freedom)",
    "(in|with|of|for) (good|bad|poor|best) (time|times|faith|health|hands|spirits|will|part)",
    "(when|after|since|before|once|until|then|and then|if|as) (we|i|you|they) (left|quit)",
    "(left|leave|leaves) (it|that|us|me|you) (with|at|there|behind)",
    "(on|from|to) the (same|other|one|safe|right|wrong) (page|side|hand|track|foot)",
    "(bear|bears|keep|have|had) in mind",
    "(best|kind|warm|good) (regards|wishes|luck)",
    "(all|wish* you) the (very)? best",
    "(thank|thanks) (you|to|for) (for|the|your|all|everyone)*",
    "(better|best) (late than never|not|of luck|half)",
    "(fair|easy|good|true) (enough|to say|question|point|game|and square)",
    "(last|first|next) (thing|of all|but not least)",
    "(to be|in all) (fair|fairness|honesty|clear)",
    "(the|your|our) other side of the (world|country|town|yard|building|wall)",
    "(by|in|on|at) the (way|whole|contrary|outset|meantime)",
    "(promising|good|strong|great|bright) (start|beginning|signs|future)",
    "(if|when) (it|push|all|that|one) (comes|came|works|worked|fails|failed) to",
    "(no|little|small|some) (wonder|doubt|surprise|matter)",
    "(hard|difficult|easy|simple) to (say|tell|know|imagine|believe)",
    "(don't|do not|didn't) get me wrong",
    "(for|in) (what it's worth|the record|a nutshell|short)",
    "(support|supports|supported|supporting) (the|this|that|our|your|my) (idea|decision|plan)",
    "(called|calls|call) (it|that|this) (a|an|off|quits)",
    "(own|our own|my own) (share|part|fault) (of|in)",
    "(answer|question|reason) (nobody|no one) (argues|asks|disputes)",
    "(sales|support|service|product|account) (tax|act|line|code|number|holder)",
)
