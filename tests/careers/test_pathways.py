from hypothesis import given
from hypothesis import strategies as st

from careers.pathways import Stop, lay_out

stops = st.lists(st.builds(Stop, st.text(min_size=1, max_size=40)), max_size=8)


@given(stops, stops)
def test_no_box_touches_another_and_all_stand_inside_the_drawing(before, after):
    drawing = lay_out("Here", before, after)

    assert len(drawing.nodes) == len(before) + len(after) + 1
    for node in drawing.nodes:
        assert 0 <= node.x <= drawing.width - node.width
        assert 0 <= node.y <= drawing.height - node.height
    for one in drawing.nodes:
        for other in drawing.nodes:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart = apart or one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one is other or apart


@given(stops, stops)
def test_every_role_is_joined_to_the_one_in_the_middle(before, after):
    assert len(lay_out("Here", before, after).lines) == len(before) + len(after)
