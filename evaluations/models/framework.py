"""The quality framework as data, versioned (R4, R5): loaded from files, frozen once an inspection uses it.

Evaluations hang on indicators, answers hang on questions: two axes that are never merged. Every indicator has a
stable slug; titles that are not published word for word say so in ``title_status``.
"""

from __future__ import annotations

from django.db import models

from inspections.models import Area

LOWEST_LEVEL, HIGHEST_LEVEL = 1, 6


class Framework(models.Model):
    """One version of the framework, such as ``2019``."""

    key = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One of the five inspection questions. It is answered in words; it never gets a level."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="question_number_once"),
            models.UniqueConstraint(fields=["framework", "slug"], name="question_slug_once"),
        ]

    def __str__(self) -> str:
        return f"Question {self.number}"


class Domain(models.Model):
    """One of the six overarching domains."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="domains")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "name"], name="domain_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class QualityArea(models.Model):
    """One of the ten areas: a question about the partnership, under one domain. Area 10 holds no indicator."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="areas")
    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["framework", "number"]
        verbose_name = "quality area"
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="quality_area_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


def spoken(key: str) -> str:
    """The key of an evaluation group as it is read aloud: ``9.1 to 9.4`` for ``9.1-9.4``."""
    return key.replace("-", " to ")


class EvaluationGroup(models.Model):
    """What gets one evaluation: 1.1, 2.1, 2.2, and 9.1 to 9.4 together (E1)."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="groups")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "key"], name="evaluation_group_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.spoken} {self.title}"

    @property
    def spoken(self) -> str:
        """Its indicators as they are read aloud: ``9.1 to 9.4``."""
        return spoken(self.key)


class Indicator(models.Model):
    """One of the 22 quality indicators. ``slug`` is its stable key; ``number`` such as 5.3 is what people say."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="indicators")
    area = models.ForeignKey(QualityArea, on_delete=models.CASCADE, related_name="indicators")
    group = models.ForeignKey(
        EvaluationGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=5)
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    title_status = models.CharField(max_length=40)
    focus = models.CharField(max_length=200)
    questions = models.ManyToManyField(
        Question, through="IndicatorQuestion", related_name="indicators"
    )

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="indicator_number_once"),
            models.UniqueConstraint(fields=["framework", "slug"], name="indicator_slug_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class IndicatorQuestion(models.Model):
    """That an indicator speaks to a question: as its primary source, or as a contribution."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="speaks_to")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="spoken_to_by")
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "question"], name="indicator_question_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.number} for question {self.question.number}"


class ScaleLevel(models.Model):
    """One level of the six-point scale: its name, its official short definition, and its sense in our words."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    definition = models.CharField(max_length=200)
    sense = models.CharField(max_length=300)

    class Meta:
        ordering = ["framework", "-level"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "level"], name="scale_level_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(LOWEST_LEVEL, HIGHEST_LEVEL)),
                name="scale_level_1_to_6",
                violation_error_message="The scale runs from 1 to 6.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


def _level() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True)


class PublishedEvaluation(models.Model):
    """What a published report said about a real area, with its source. A level that is not known stays empty.

    ``published`` is as exact as the source: a year, or a year and a month.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="published_evaluations")
    programme = models.CharField(max_length=80)
    published = models.CharField(max_length=7)
    level_1_1 = _level()
    level_2_1 = _level()
    level_2_2 = _level()
    level_9 = _level()
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    LEVEL_FIELDS = {
        "1.1": "level_1_1",
        "2.1": "level_2_1",
        "2.2": "level_2_2",
        "9.1-9.4": "level_9",
    }

    class Meta:
        ordering = ["-published", "area__name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "programme"], name="published_evaluation_once"),
            *[
                models.CheckConstraint(
                    condition=models.Q(**{f"{field}__isnull": True})
                    | models.Q(**{f"{field}__range": (LOWEST_LEVEL, HIGHEST_LEVEL)}),
                    name=f"published_{field}_1_to_6",
                    violation_error_message="A published evaluation is a whole number from 1 to 6.",
                )
                for field in ("level_1_1", "level_2_1", "level_2_2", "level_9")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.published}"

    def level_of(self, group_key: str) -> int | None:
        """The level published for a group (``2.1``, ``9.1-9.4``); None where it is not known."""
        level: int | None = getattr(self, self.LEVEL_FIELDS[group_key])
        return level
