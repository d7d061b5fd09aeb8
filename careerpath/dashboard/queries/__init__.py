"""What waits for whom, and the menu by the work of each role."""

from careerpath.dashboard.queries.menu import account_menu, menu
from careerpath.dashboard.queries.tasks import Task, tasks

__all__ = ["Task", "account_menu", "menu", "tasks"]
