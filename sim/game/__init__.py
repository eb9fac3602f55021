"""The classroom game: some seats are played, the model's own rules move the rest.

Reading order: `orders` (what a seat may order), `prices` and `budget` (what a power can pay), `choices` (what an order does to
a state's choice), `turn` (one year), `log` (what is kept), `debrief` (what it came to, beside what the model would have done).
"""
