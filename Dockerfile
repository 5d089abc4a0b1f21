# One image for web, worker, beat and the one-shot services; docker-compose.yml says which is which.

FROM node:24-slim AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY frontend ./
RUN npm run messages && npm run build

FROM python:3.13-slim AS packages
RUN python -m venv /venv
COPY requirements/base.txt /build/base.txt
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r /build/base.txt
COPY --from=frontend /build/dist /build/dist
RUN /venv/bin/python -m whitenoise.compress --quiet /build/dist

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data
# Volumes take over the owner of the folder that they are first mounted on.
RUN useradd --system --uid 10001 --no-create-home backstep \
    && install --directory --owner=backstep --mode=700 /data \
    && install --directory --owner=backstep --mode=755 /secrets
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=packages /build/dist frontend/dist
COPY manage.py ./
COPY backend backend
COPY worker worker
COPY script/lib/container_secrets.py script/lib/
USER backstep
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "16", "backend.config.wsgi:application"]
