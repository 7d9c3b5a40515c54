"""The floor's entrance for the clock: the only module that joins the ledger to Celery."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings

from core import jobs, mail


@shared_task(name="core.run_job", acks_late=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Do one job of the ledger. The message may come twice, or late: the ledger decides."""
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs", ignore_result=True, expires=30)
def sweep_jobs() -> None:
    """Publish again what waits too long or was left behind, at once by the dead. Every few seconds."""
    jobs.free_what_the_dead_held()
    jobs.sweep()


@shared_task(name="core.tick", ignore_result=True, expires=60)
def tick() -> None:
    """See that every recurring deed stands in the ledger. Every minute."""
    jobs.tick()


def publish(job_id: int) -> None:
    """Send a job's id to the workers."""
    run_job.delay(job_id)


jobs.publish_with(publish)


@jobs.job("core.send_letter", lease=timedelta(minutes=5), tries=8)
def send_letter(*, letter: int, now: datetime) -> None:
    """Send one letter, unless it was sent before."""
    mail.send(letter, now=now)


@jobs.recurring("core.draw_letters_of_the_day", every=timedelta(minutes=1))
def draw_letters_of_the_day(*, now: datetime) -> None:
    """What waits becomes one letter a person, once its day has begun at 07:30; after an outage as soon as the clock runs again."""
    jobs.each(mail.addresses_waiting(), lambda to: mail.draw_letter_of_the_day(to, now=now))


@jobs.recurring("core.forget_jobs", every=timedelta(days=1))
def forget_jobs(*, now: datetime) -> None:
    """Keep what was done for ninety days."""
    jobs.forget(before=now - timedelta(days=90))


@jobs.recurring("core.empty_processed_folder", every=timedelta(hours=1))
def empty_processed_folder(*, now: datetime) -> None:
    """Where the broker is a folder, delete the messages that were taken an hour ago: one comes every few seconds."""
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("processed_folder")
    before = (now - timedelta(hours=1)).timestamp()
    for message in Path(folder).iterdir() if folder else ():
        with suppress(FileNotFoundError):  # somebody else was quicker
            if message.stat().st_mtime < before:
                message.unlink()
