"""What belongs to an organisation besides its contracts: sites, other names, who came before and after it."""

from __future__ import annotations

from desktop.pages.part_list import PartList
from storage.engine.query import Order
from storage.records.organisations import OtherName, Site, Succession
from widgets.form import Group

SITES = PartList[Site](
    cls=Site,
    link="organisation",
    title="Sites",
    columns=("title", "code"),
    order=(Order("title"),),
    none="No sites yet.",
    add="Add a site",
)
OTHER_NAMES = PartList[OtherName](
    cls=OtherName,
    link="organisation",
    title="Also known as",
    columns=("title", "source"),
    groups=(Group("", ("title", "source")),),
    order=(Order("title"),),
    none="No other names yet. An import finds the organisation by each of them.",
    add="Add another name",
)
PREDECESSORS = PartList[Succession](
    cls=Succession,
    link="successor",
    title="Took over from",
    columns=("predecessor", "on"),
    order=(Order("on"),),
    none="No predecessor is named.",
    add="Add a predecessor",
)
SUCCESSORS = PartList[Succession](
    cls=Succession,
    link="predecessor",
    title="Taken over by",
    columns=("successor", "on"),
    order=(Order("on"),),
    none="No successor is named.",
    add="Add a successor",
)
