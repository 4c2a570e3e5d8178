"""Charts drawn as SVG on the server, each with the table of its numbers.

No chart says anything by colour alone: series differ by pattern, line style and marker too, and every number
is printed. Colours are attributes and classes, never style attributes, so a strict security policy holds.
"""

from sightline.rendering.charts.bars import bar_chart, stacked_bar_chart
from sightline.rendering.charts.grouped import grouped_bar_chart
from sightline.rendering.charts.heat import Field, heat_map
from sightline.rendering.charts.lines import line_chart
from sightline.rendering.charts.series import Series
from sightline.rendering.charts.threads import Node, thread_picture
from sightline.rendering.charts.timeline import Held, Lane, Mark, Moved, time_line

__all__ = [
    "Field",
    "Held",
    "Lane",
    "Mark",
    "Moved",
    "Node",
    "Series",
    "bar_chart",
    "grouped_bar_chart",
    "heat_map",
    "line_chart",
    "stacked_bar_chart",
    "thread_picture",
    "time_line",
]
