"""Dates that may be typed in: only such that cannot be misread (Django's own Swedish list also reads 10/11/26 as
October).

"22 november 2026" is read by the form field, which knows the Swedish months; ``strptime`` does not."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y%m%d"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M"]
