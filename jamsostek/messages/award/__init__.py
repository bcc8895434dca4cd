"""The certificate of the award on paper."""

from jamsostek.messages.award.draw import Award, Line, draw_certificate_pdf

__all__ = ["Award", "Line", "draw_certificate_pdf"]
