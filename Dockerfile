# Builds the one executable, then puts it alone on a small base that has glibc and certificates.
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json bun.lock bunfig.toml ./
RUN npx --yes "bun@$(node -p "require('./package.json').devDependencies.bun")" install --frozen-lockfile
COPY tsconfig.json ./
COPY build build
COPY drizzle drizzle
COPY src src
RUN npx bun run build && mkdir -m 700 /data

FROM gcr.io/distroless/base-debian12
COPY --from=build /src/dist/snug /usr/local/bin/snug
COPY LICENSE NOTICE /usr/share/doc/snug/
COPY --from=build --chown=65532:65532 /data /data
ENV SNUG_DATA_DIR=/data
USER 65532:65532
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/usr/local/bin/snug", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/snug"]
