"""Work on foreign data in the test's own process: soon, and within reach of what a test replaces."""

import json
from collections.abc import Iterator
from typing import Any

from accord import isolation

PROCESS = isolation.Process  # the real one, wherever a test replaces it


class InProcess(isolation.Process):
    """The same answers as those of `isolation.Process`, without its limits."""

    def _messages(self, *request: Any) -> Iterator[dict[str, Any]]:
        yield {"items": []}  # the request was sent
        for message in isolation.answers(*request):
            yield json.loads(json.dumps(message))
