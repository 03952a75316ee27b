# syntax=docker/dockerfile:1
# Builds the one executable for the wanted platform, then puts it alone on a small base that has glibc and certificates.
# The bases are named by tag; to pin them, append @sha256:… as `docker buildx imagetools inspect IMAGE` prints it.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS build
ARG TARGETARCH=amd64
WORKDIR /src
COPY package.json bun.lock bunfig.toml tsconfig.json ./
RUN npx --yes "bun@$(node -p "require('./package.json').devDependencies.bun")" install --frozen-lockfile
COPY build build
COPY drizzle drizzle
COPY src src
# Cross-compiles, so that an arm64 image needs no emulation. The folder is for the image's user alone: another --user
# needs a volume that it owns.
RUN npx bun run build --target "bun-linux-$(echo "$TARGETARCH" | sed s/amd64/x64/)" && mkdir -m 700 /data

FROM gcr.io/distroless/base-debian12
COPY --from=build /src/dist/snug /usr/local/bin/snug
COPY LICENSE NOTICE /usr/share/doc/snug/
COPY --from=build --chown=65532:65532 /data /data
ENV SNUG_DATA_DIR=/data
USER 65532:65532
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/usr/local/bin/snug", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/snug"]
