"""Settings of the forms that anybody may send: how often, how much, and for how long it is kept."""

# How many are taken in so many minutes from one address of the network, and for one target (an
# office; of remarks the whole site). The same words again within `repeat_minutes` are stored once.
# Behind one address there can be a whole carrier: the limits stop scripts, not readers.
QUESTIONS = {
    "limits": {"sender": 10, "target": 100, "minutes": 60, "repeat_minutes": 10},
    "characters": 2000,
    "settled_days": 30,  # after which name, address and words of what was settled are erased
    "waiting_days": 90,  # after which they are erased of what nobody settled
}
REMARKS = {
    "limits": {"sender": 60, "target": 2000, "minutes": 60, "repeat_minutes": 1},
    "characters": 500,
    "days": 365,  # after which the words of why are erased; the count stays
}
