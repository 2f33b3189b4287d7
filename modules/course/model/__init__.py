"""What a course is made of, once read: frozen, in one language, complete."""

from modules.course.model.catalogue import Course, ModuleCard, Path
from modules.course.model.changes import Change
from modules.course.model.library import Library, Need
from modules.course.model.module import JobAid, Lab, Module
from modules.course.model.registers import Fact, Misconception, Source, Term
from modules.course.model.screens import Ask, Band, Part, Screen, Text
from modules.course.model.steps import (
    AidStep,
    LabStep,
    QuestionsStep,
    ScenarioStep,
    ScreenStep,
    Sitting,
    Step,
)
from modules.pictured import Picture, Recording

__all__ = [
    "AidStep",
    "Ask",
    "Band",
    "Change",
    "Course",
    "Fact",
    "JobAid",
    "Lab",
    "LabStep",
    "Library",
    "Misconception",
    "Module",
    "ModuleCard",
    "Need",
    "Part",
    "Path",
    "Picture",
    "QuestionsStep",
    "Recording",
    "ScenarioStep",
    "Screen",
    "ScreenStep",
    "Sitting",
    "Source",
    "Step",
    "Term",
    "Text",
]
