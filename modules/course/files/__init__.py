"""Content files read into the model: the only code that knows the file format."""

from modules.course.files.library import read_library
from modules.course.files.reading import (
    course_of,
    first_language,
    module_from_bundle,
    read_course,
    read_module,
)
from modules.course.files.revision import bundle, bundle_of, canonical, sha256_of

__all__ = [
    "bundle",
    "bundle_of",
    "canonical",
    "course_of",
    "first_language",
    "module_from_bundle",
    "read_course",
    "read_library",
    "read_module",
    "sha256_of",
]
