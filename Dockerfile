# Portalen i drift: en avbild för webb, arbetare, klocka (beat) och installation. Kör aldrig som root.
FROM python:3.11-slim-bookworm AS bygg
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /srv/venv
COPY requirements.lock /tmp/
RUN /srv/venv/bin/pip install --require-hashes -r /tmp/requirements.lock

FROM python:3.11-slim-bookworm
# Pango och HarfBuzz: det enda WeasyPrint behöver utanför sina paket (PDF).
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal -m 0750 /data/media /data/karantan
COPY --from=bygg /srv/venv /srv/venv
WORKDIR /app
COPY . .
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp \
    SFBV_LAGE=drift STATIC_ROOT=/app/staticfiles MEDIA_ROOT=/data/media KARANTAN_ROOT=/data/karantan
# Inställningarna kräver adresser; de här används bara för att samla ihop de statiska filerna.
RUN SECRET_KEY=bara-for-bygget ALLOWED_HOSTS=bygget DATABASE_URL=postgres://bygget/bygget \
    BROKER_URL=redis://bygget:6379/0 EMAIL_URL=console: PORTAL_ADRESS=https://bygget python manage.py collectstatic --noinput -v 0
USER portal
EXPOSE 8000
VOLUME /data/media /data/karantan
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "sfbv.prob"]
CMD ["gunicorn", "sfbv.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
