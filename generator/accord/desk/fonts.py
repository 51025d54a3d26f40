"""The faces of the letters, for the pages."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from accord.text.fonts import FACES


def font(request: Request) -> Response:
    """One of the four font files, by its name."""
    face = next((face for face in FACES if face.file == request.path_params["name"]), None)
    if face is None:
        raise HTTPException(404)
    return FileResponse(face.path, media_type="font/otf", headers={"cache-control": "max-age=86400"})
