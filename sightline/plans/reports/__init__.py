"""What plans put on paper, as documents that every writer takes."""

from sightline.plans.reports.exceptions import exception_report_document
from sightline.plans.reports.paper import print_exception_report

__all__ = ["exception_report_document", "print_exception_report"]
