# SPDX-License-Identifier: Apache-2.0
"""Write a dataset with its loss report inside: what an archive leaves out goes wherever the archive goes."""

from __future__ import annotations

from intarsia.formats.base import DatasetView, Format, LossReport, Progress, Sink, WriteOptions
from intarsia.formats.json_files import dump_json

LOSS_REPORT_NAME = "loss-report.json"


def write_dataset(
    chosen: Format, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions
) -> LossReport:
    """``chosen.write``, and ``loss-report.json`` after all else; the same view gives the same bytes."""
    chosen.info.chosen(options)
    report = chosen.write(view, sink, progress, options)
    fields = {
        "format": chosen.info.slug,
        "images": report.images,
        "segments": report.segments,
        "declared": list(chosen.info.losses),
        "losses": [
            {"code": loss.code, "count": loss.count, "message": loss.message, "where": loss.where}
            for loss in report.losses
        ],
    }
    sink.write(LOSS_REPORT_NAME, dump_json(fields))
    return report
