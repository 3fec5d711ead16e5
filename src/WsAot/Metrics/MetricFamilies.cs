namespace WsAot.Metrics;

/// <summary>
/// All metrics. Their names follow the conventions of Prometheus; those with <c>process_</c> are the same as in its client libraries. The
/// page docs/reference/metrics.md lists them, and a test compares it with this class.
/// </summary>
internal static class MetricFamilies
{
    private const string Route = "route";
    private const string RouteAndKind = "route, kind";
    private const string Loop = "loop";

    public static readonly MetricFamily BuildInfo = Gauge("wsaot_build_info", "1; the labels say what runs.", "version, transport");
    public static readonly MetricFamily Ready = Gauge("wsaot_ready", "1 while the server takes new connections, 0 while it drains.");
    public static readonly MetricFamily ReloadSuccessful =
        Gauge("wsaot_config_last_reload_successful", "0 if the last reload found invalid options and kept the old ones, else 1.");

    public static readonly MetricFamily Connections =
        Gauge("wsaot_connections", "WebSocket connections, open or closing.", "route, state");

    public static readonly MetricFamily Handshakes = Gauge("wsaot_handshakes", "Connections whose request is not answered yet.");
    public static readonly MetricFamily MaxConnections =
        Gauge("wsaot_connections_limit", "The maximum number of connections, WebSockets and plain HTTP together.");

    public static readonly MetricFamily Opened = Counter("wsaot_connections_opened", "WebSocket connections that have opened.", Route);
    public static readonly MetricFamily Closed =
        Counter("wsaot_connections_closed", "WebSocket connections that have closed, by cause.", "route, code, cause, by");

    public static readonly MetricFamily Answers =
        Counter("wsaot_http_responses", "Answers to requests, including upgrades, by status and reason.", "status, reason");

    public static readonly MetricFamily Received =
        Counter("wsaot_messages_received", "Messages and control frames received from clients.", RouteAndKind);

    public static readonly MetricFamily Sent =
        Counter("wsaot_messages_sent", "Messages and control frames sent to clients.", RouteAndKind);

    public static readonly MetricFamily ReceivedBytes =
        Counter("wsaot_messages_received_bytes", "Payload received from clients, after decompression.", RouteAndKind);

    public static readonly MetricFamily SentBytes =
        Counter("wsaot_messages_sent_bytes", "Payload sent to clients, before compression.", RouteAndKind);

    public static readonly MetricFamily BeforeDeflate =
        Counter("wsaot_compression_input_bytes", "Messages sent compressed: payload before compression.", Route);

    public static readonly MetricFamily AfterDeflate =
        Counter("wsaot_compression_output_bytes", "Messages sent compressed: payload after compression.", Route);

    public static readonly MetricFamily BeforeInflate =
        Counter("wsaot_decompression_input_bytes", "Messages received compressed: payload before decompression.", Route);

    public static readonly MetricFamily AfterInflate =
        Counter("wsaot_decompression_output_bytes", "Messages received compressed: payload after decompression.", Route);

    public static readonly MetricFamily RatePauses =
        Counter("wsaot_rate_pauses", "Pauses in reading from clients that exceeded their rate.", Route);

    public static readonly MetricFamily RatePausedTime =
        Counter("wsaot_rate_paused_seconds", "The duration of pauses in reading from clients that exceeded their rate.", Route);

    public static readonly MetricFamily Dropped =
        Counter("wsaot_messages_dropped", "Published messages dropped for a slow client.", Route);

    public static readonly MetricFamily PendingOutput =
        Gauge("wsaot_pending_output_bytes", "Output that waits for slow clients.", Route);

    public static readonly MetricFamily HandlerTime =
        Histogram("wsaot_handler_seconds", "How long handler methods take; sampled if there are many calls.", Route);

    public static readonly MetricFamily Calls =
        Counter("wsaot_rpc_calls", "JSON-RPC calls that have ended.", "route, method, outcome");

    public static readonly MetricFamily CallsRefused =
        Counter("wsaot_rpc_calls_refused", "JSON-RPC calls refused before a method ran.", "route, code");

    public static readonly MetricFamily CallTime =
        Histogram("wsaot_rpc_call_seconds", "How long JSON-RPC calls take; sampled if there are many.", "route, method");

    public static readonly MetricFamily Topics = Gauge("wsaot_topics", "Topics that have subscribers.");
    public static readonly MetricFamily Subscriptions = Gauge("wsaot_subscriptions", "Subscriptions to topics.");
    public static readonly MetricFamily Published = Counter("wsaot_topic_publications", "Messages published to topics.");
    public static readonly MetricFamily Delivered =
        Counter("wsaot_topic_deliveries", "Published messages queued for subscribers, counted once per subscriber.");
    public static readonly MetricFamily DeliveriesDropped =
        Counter("wsaot_topic_publications_dropped", "Published messages that a loop dropped because its backlog was full.");

    public static readonly MetricFamily KeptTopics =
        Gauge("wsaot_topics_with_history", "Topics that keep messages for later subscribers.");

    public static readonly MetricFamily HistoryBytes = Gauge("wsaot_topic_history_bytes", "Memory of the messages that topics keep.");
    public static readonly MetricFamily Recoveries =
        Counter("wsaot_topic_recoveries", "Subscriptions from a position on: complete, or with messages missing.", "result");

    public static readonly MetricFamily Recovered =
        Counter("wsaot_topic_recovered_messages", "Kept messages queued for later subscribers.");

    public static readonly MetricFamily Present = Gauge("wsaot_topic_present", "Subscriptions that count as presence.");

    public static readonly MetricFamily BackplaneConnected =
        Gauge("wsaot_backplane_connected", "1 while the server is connected to the other servers' topics, else 0.");

    public static readonly MetricFamily BackplaneDropped =
        Counter("wsaot_backplane_messages_dropped", "Published messages that did not reach other servers, or this one.", "reason");

    public static readonly MetricFamily NetworkReceived = Counter("wsaot_network_received_bytes", "Bytes read from sockets.", Loop);
    public static readonly MetricFamily NetworkSent = Counter("wsaot_network_sent_bytes", "Bytes written to sockets.", Loop);
    public static readonly MetricFamily LoopTime =
        Counter("wsaot_loop_cpu_seconds", "Processor time of an event loop; at a rate of 1 it is fully busy.", Loop);

    public static readonly MetricFamily LoopDelay =
        Histogram("wsaot_loop_delay_seconds", "How long a new event waits for its loop; measured ten times a second.", Loop);

    public static readonly MetricFamily LoopConnections = Gauge("wsaot_loop_connections", "Sockets that belong to a loop.", Loop);
    public static readonly MetricFamily LateTimers = Counter("wsaot_timers_late", "Timers that ran more than 100 ms late.", Loop);
    public static readonly MetricFamily PoolBytes = Gauge("wsaot_pool_bytes", "Free buffers that a loop keeps.", Loop);

    public static readonly MetricFamily TlsHandshakes =
        Counter("wsaot_tls_handshakes", "TLS handshakes: full, resumed or failed.", "result");

    public static readonly MetricFamily CertificateExpiry =
        Gauge("wsaot_tls_certificate_expiry_timestamp_seconds", "When a certificate expires, in seconds since 1970.", "file");

    public static readonly MetricFamily CertificateFilesUsable =
        Gauge("wsaot_tls_files_usable", "0 while the certificate files are unusable and the old certificates stay in use, else 1.");

    public static readonly MetricFamily HeapBytes = Gauge("wsaot_heap_bytes", "The managed heap, including garbage.");
    public static readonly MetricFamily AllocatedBytes = Counter("wsaot_heap_allocated_bytes", "Managed memory allocated.");
    public static readonly MetricFamily Collections = Counter("wsaot_gc_collections", "Garbage collections.", "generation");
    public static readonly MetricFamily CollectionTime =
        Counter("wsaot_gc_pause_seconds", "How long garbage collections have paused all threads.");

    public static readonly MetricFamily MemoryLimit =
        Gauge("wsaot_memory_limit_bytes", "The limit of resident memory. Has no sample if there is no limit.");

    public static readonly MetricFamily MemoryLevel =
        Gauge("wsaot_memory_level", "1 for the current level: normal, refuse upgrades, or close connections.", "level");

    public static readonly MetricFamily ResidentBytes = Gauge("process_resident_memory_bytes", "Resident memory.");
    public static readonly MetricFamily ProcessorTime = Counter("process_cpu_seconds", "Processor time, user and system.");
    public static readonly MetricFamily OpenDescriptors = Gauge("process_open_fds", "Open descriptors.");
    public static readonly MetricFamily MaxDescriptors = Gauge("process_max_fds", "The maximum number of open descriptors.");
    public static readonly MetricFamily StartTime = Gauge("process_start_time_seconds", "When the server was built, since 1970.");

    private static MetricFamily Counter(string name, string help, string labels = "") => new(name, MetricKind.Counter, help, labels);

    private static MetricFamily Gauge(string name, string help, string labels = "") => new(name, MetricKind.Gauge, help, labels);

    private static MetricFamily Histogram(string name, string help, string labels = "") => new(name, MetricKind.Histogram, help, labels);
}
