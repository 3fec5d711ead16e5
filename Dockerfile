# An image with the file wsaot and nothing else: docker build -t wsaot .
#
# It listens on every address of the container, port 8080, as an unprivileged user, and writes no files:
#     docker run --rm --read-only --cap-drop all -p 8080:8080 wsaot
# docs/how-to/deploy.md has the rest. --build-context files=dist uses the static file dist/wsaot instead of compiling one.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG BUILDARCH
ARG TARGETARCH
# --build-arg TLS=static links OpenSSL into the file; without it, wss:// is refused.
ARG TLS=
# --build-arg INSTRUCTION_SET=x86-64-v3 makes the file for x64 processors with AVX2; on others, it says so and exits.
ARG INSTRUCTION_SET=
# gcc links the file; for the other architecture, a cross-compiler does.
RUN case "$BUILDARCH-$TARGETARCH" in \
        amd64-arm64) cross="gcc-aarch64-linux-gnu libc6-dev-arm64-cross" ;; \
        arm64-amd64) cross="gcc-x86-64-linux-gnu libc6-dev-amd64-cross" ;; \
    esac \
    && apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev ${TLS:+libssl-dev} $cross \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# The commit, for --version and a label: --build-arg REVISION=$(git rev-parse HEAD)
ARG REVISION=
RUN dotnet publish src/WsAot.App -c Release -a "$TARGETARCH" -p:WsAotStatic=true "-p:WsAotTls=${TLS:-false}" \
    "-p:IlcInstructionSet=$INSTRUCTION_SET" "-p:SourceRevisionId=$REVISION" -o /published

FROM scratch AS files
COPY --from=build /published/wsaot /

FROM scratch
ARG REVISION=
LABEL org.opencontainers.image.title="wsaot" \
      org.opencontainers.image.description="A WebSocket server for NativeAOT" \
      org.opencontainers.image.version="0.2.0" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="MIT"
COPY --from=files --chown=0:0 /wsaot /wsaot
# By default, the server listens on 127.0.0.1, where no client outside the container can connect.
ENV WSAOT_URLS=ws://*:8080
EXPOSE 8080
USER 65532:65532
WORKDIR /
STOPSIGNAL SIGTERM
# The program itself checks the server, because the image has neither a shell nor curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 CMD ["/wsaot", "--healthcheck"]
ENTRYPOINT ["/wsaot"]
