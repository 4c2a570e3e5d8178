"""What plans put on paper, as documents that every writer takes."""

from sightline.plans.reports.exceptions import exception_report_document

__all__ = ["exception_report_document"]
