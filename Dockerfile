# The bot as one image. Build: docker build -t rollcall .   Run with what it needs: deploy/compose.yaml.

FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /opt/rollcall
COPY requirements.lock ./
RUN /opt/rollcall/bin/python -m pip install --quiet --no-cache-dir --require-hashes --requirement requirements.lock
COPY . .
RUN for catalog in locales/*/LC_MESSAGES/messages.po; do \
        /opt/rollcall/bin/pybabel --quiet compile --input-file "$catalog" --output-file "${catalog%.po}.mo" || exit 1; \
    done \
    && /opt/rollcall/bin/python -m pip install --quiet --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin rollcall \
    && install --directory --owner rollcall --group rollcall --mode 0700 /data
COPY --from=build /opt/rollcall /opt/rollcall
ENV PATH=/opt/rollcall/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ROLLCALL_DATABASE_URL=sqlite+aiosqlite:////data/rollcall.db \
    ROLLCALL_HTTP_HOST=0.0.0.0
USER rollcall
WORKDIR /data
VOLUME /data
EXPOSE 8081
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8081/healthz', timeout=4)"]
ENTRYPOINT ["rollcall"]
CMD ["run"]
