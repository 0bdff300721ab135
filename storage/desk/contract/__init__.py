"""One contract and what belongs to it: options, actions, KPIs, performance, links, and the form it is held in."""
