"""What Glue refuses of a crawler, beyond the shapes of its model.

Texts with a source are Glue's own; the others are ours, for refusals that AWS documents without their text
(https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import invalid
from gluedsl.local.service.schedules import check_schedule

if TYPE_CHECKING:
    from collections.abc import Mapping


def check_crawler(payload: Mapping[str, Any]) -> None:
    """Raise unless Glue would keep this crawler."""
    kinds = {kind for kind, targets in payload["Targets"].items() if targets}
    if not kinds:
        message = "Targets cannot be empty"
        raise invalid(message)
    if "CatalogTargets" in kinds and len(kinds) > 1:
        message = "CatalogTargets cannot be mixed with targets of another kind"
        raise invalid(message)
    if "CatalogTargets" not in kinds and not payload.get("DatabaseName"):
        message = "DatabaseName is required unless all targets are CatalogTargets"
        raise invalid(message)
    if "Schedule" in payload:
        check_schedule(payload["Schedule"])
    _check_policies(payload)
    _check_configuration(payload.get("Configuration"))


def _check_policies(payload: Mapping[str, Any]) -> None:
    changes = payload.get("SchemaChangePolicy", {})
    update = changes.get("UpdateBehavior", "UPDATE_IN_DATABASE")
    delete = changes.get("DeleteBehavior", "DEPRECATE_IN_DATABASE")
    if payload.get("RecrawlPolicy", {}).get("RecrawlBehavior") != "CRAWL_NEW_FOLDERS_ONLY":
        return
    if (update, delete) != ("LOG", "LOG"):
        # https://github.com/hashicorp/terraform-provider-aws/issues/22868
        message = (
            'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior '
            "value and LOG UpdateBehavior value."
        )
        raise invalid(message)


def _check_configuration(text: str | None) -> None:
    if text is None:
        return
    try:
        versioned = isinstance(json.loads(text), dict) and "Version" in json.loads(text)
    except json.JSONDecodeError:
        versioned = False
    if not versioned:
        message = "Configuration is the text of a JSON object with a Version"
        raise invalid(message)
