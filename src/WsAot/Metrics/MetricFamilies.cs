namespace WsAot.Metrics;

/// <summary>
/// All metrics. Their names follow Prometheus' conventions; those of <c>process_</c> are the ones that its client libraries have. The page
/// docs/reference/metrics.md lists them, and a test compares it with this.
/// </summary>
internal static class MetricFamilies
{
    private const string Route = "route";
    private const string RouteAndKind = "route, kind";
    private const string Loop = "loop";

    public static readonly MetricFamily BuildInfo = Gauge("wsaot_build_info", "1; the labels say what runs.", "version, transport");
    public static readonly MetricFamily Ready = Gauge("wsaot_ready", "1 while the server takes new connections, 0 while it drains.");
    public static readonly MetricFamily ReloadSuccessful =
        Gauge("wsaot_config_last_reload_successful", "0 if the options that were read last were wrong and are not used, else 1.");

    public static readonly MetricFamily Connections =
        Gauge("wsaot_connections", "WebSocket connections: open ones, and those whose end has begun.", "route, state");

    public static readonly MetricFamily Handshakes = Gauge("wsaot_handshakes", "Connections whose request has not been answered.");
    public static readonly MetricFamily MaxConnections =
        Gauge("wsaot_connections_limit", "The connections that there may be at a time, of WebSockets and of plain HTTP.");

    public static readonly MetricFamily Opened = Counter("wsaot_connections_opened", "WebSocket connections that have opened.", Route);
    public static readonly MetricFamily Closed =
        Counter("wsaot_connections_closed", "WebSocket connections that have closed, by what began it.", "route, code, cause, by");

    public static readonly MetricFamily Answers =
        Counter("wsaot_http_responses", "Answers to requests, upgrades too, by status and by what decided them.", "status, reason");

    public static readonly MetricFamily Received =
        Counter("wsaot_messages_received", "Messages and control frames that came from peers.", RouteAndKind);

    public static readonly MetricFamily Sent =
        Counter("wsaot_messages_sent", "Messages and control frames that went to peers.", RouteAndKind);

    public static readonly MetricFamily ReceivedBytes =
        Counter("wsaot_messages_received_bytes", "Payloads of what came from peers, decompressed.", RouteAndKind);

    public static readonly MetricFamily SentBytes =
        Counter("wsaot_messages_sent_bytes", "Payloads of what went to peers, before they were compressed.", RouteAndKind);

    public static readonly MetricFamily BeforeDeflate =
        Counter("wsaot_compression_input_bytes", "Payloads of messages that were sent compressed, before they were.", Route);

    public static readonly MetricFamily AfterDeflate =
        Counter("wsaot_compression_output_bytes", "Payloads of messages that were sent compressed, as they were sent.", Route);

    public static readonly MetricFamily BeforeInflate =
        Counter("wsaot_decompression_input_bytes", "Payloads of messages that came compressed, as they came.", Route);

    public static readonly MetricFamily AfterInflate =
        Counter("wsaot_decompression_output_bytes", "Payloads of messages that came compressed, decompressed.", Route);

    public static readonly MetricFamily RatePauses =
        Counter("wsaot_rate_pauses", "How often a connection was not read since it had used up its rate.", Route);

    public static readonly MetricFamily RatePausedTime =
        Counter("wsaot_rate_paused_seconds", "How long connections were not read since they had used up their rates.", Route);

    public static readonly MetricFamily Dropped =
        Counter("wsaot_messages_dropped", "Published messages that a slow connection did not get.", Route);

    public static readonly MetricFamily PendingOutput =
        Gauge("wsaot_pending_output_bytes", "Output that waits for slow peers.", Route);

    public static readonly MetricFamily HandlerTime =
        Histogram("wsaot_handler_seconds", "How long methods of handlers take: a sample where there are many calls.", Route);

    public static readonly MetricFamily Calls =
        Counter("wsaot_rpc_calls", "JSON-RPC calls that have ended.", "route, method, outcome");

    public static readonly MetricFamily CallsRefused =
        Counter("wsaot_rpc_calls_refused", "JSON-RPC calls that were answered with an error before a method ran.", "route, code");

    public static readonly MetricFamily CallTime =
        Histogram("wsaot_rpc_call_seconds", "How long JSON-RPC calls take: a sample where there are many.", "route, method");

    public static readonly MetricFamily Topics = Gauge("wsaot_topics", "Topics that have subscribers.");
    public static readonly MetricFamily Subscriptions = Gauge("wsaot_subscriptions", "Subscriptions to topics.");
    public static readonly MetricFamily Published = Counter("wsaot_topic_publications", "Messages that were published.");
    public static readonly MetricFamily Delivered =
        Counter("wsaot_topic_deliveries", "Published messages that were queued for a subscriber, once for each.");
    public static readonly MetricFamily DeliveriesDropped =
        Counter("wsaot_topic_publications_dropped", "Published messages that some loop dropped, since too many waited.");

    public static readonly MetricFamily KeptTopics =
        Gauge("wsaot_topics_with_history", "Topics that hold messages for those who come later.");

    public static readonly MetricFamily HistoryBytes = Gauge("wsaot_topic_history_bytes", "What these messages take.");
    public static readonly MetricFamily Recoveries =
        Counter("wsaot_topic_recoveries", "Subscriptions from a place on: complete, or with something gone.", "result");

    public static readonly MetricFamily Recovered =
        Counter("wsaot_topic_recovered_messages", "Kept messages that were queued for those who came later.");

    public static readonly MetricFamily Present = Gauge("wsaot_topic_present", "Subscriptions that count as presence.");

    public static readonly MetricFamily BackplaneConnected =
        Gauge("wsaot_backplane_connected", "1 while topics are connected with those of other servers, else 0.");

    public static readonly MetricFamily BackplaneDropped =
        Counter("wsaot_backplane_messages_dropped", "Published messages that did not reach other servers, or the own one.", "reason");

    public static readonly MetricFamily NetworkReceived = Counter("wsaot_network_received_bytes", "All that sockets have read.", Loop);
    public static readonly MetricFamily NetworkSent = Counter("wsaot_network_sent_bytes", "All that sockets have written.", Loop);
    public static readonly MetricFamily LoopTime =
        Counter("wsaot_loop_cpu_seconds", "The processor time of an event loop. Its rate is how busy it is: 1 is all of it.", Loop);

    public static readonly MetricFamily LoopDelay =
        Histogram("wsaot_loop_delay_seconds", "How long a loop makes a new event wait: looked at ten times a second.", Loop);

    public static readonly MetricFamily LoopConnections = Gauge("wsaot_loop_connections", "Sockets that belong to a loop.", Loop);
    public static readonly MetricFamily LateTimers = Counter("wsaot_timers_late", "Timers that came more than 100 ms late.", Loop);
    public static readonly MetricFamily PoolBytes = Gauge("wsaot_pool_bytes", "Free buffers that a loop keeps.", Loop);

    public static readonly MetricFamily TlsHandshakes =
        Counter("wsaot_tls_handshakes", "Handshakes of TLS: full, resumed, failed.", "result");

    public static readonly MetricFamily CertificateExpiry =
        Gauge("wsaot_tls_certificate_expiry_timestamp_seconds", "When a certificate expires, in seconds since 1970.", "file");

    public static readonly MetricFamily CertificateFilesUsable =
        Gauge("wsaot_tls_files_usable", "0 while the files of the certificates cannot be used and clients get those from before, else 1.");

    public static readonly MetricFamily HeapBytes = Gauge("wsaot_heap_bytes", "The managed heap, with what can be collected.");
    public static readonly MetricFamily AllocatedBytes = Counter("wsaot_heap_allocated_bytes", "Managed memory that was allocated.");
    public static readonly MetricFamily Collections = Counter("wsaot_gc_collections", "Garbage collections.", "generation");
    public static readonly MetricFamily CollectionTime =
        Counter("wsaot_gc_pause_seconds", "How long collections have held all threads up.");

    public static readonly MetricFamily MemoryLimit =
        Gauge("wsaot_memory_limit_bytes", "The resident memory that the process may use. No sample: there is no limit.");

    public static readonly MetricFamily MemoryLevel =
        Gauge("wsaot_memory_level", "1 at the level that the memory is at: normal, refuse upgrades, close connections.", "level");

    public static readonly MetricFamily ResidentBytes = Gauge("process_resident_memory_bytes", "Resident memory.");
    public static readonly MetricFamily ProcessorTime = Counter("process_cpu_seconds", "Processor time, of the user and of the system.");
    public static readonly MetricFamily OpenDescriptors = Gauge("process_open_fds", "Open descriptors.");
    public static readonly MetricFamily MaxDescriptors = Gauge("process_max_fds", "The descriptors that may be open.");
    public static readonly MetricFamily StartTime = Gauge("process_start_time_seconds", "When the server was built, since 1970.");

    private static MetricFamily Counter(string name, string help, string labels = "") => new(name, MetricKind.Counter, help, labels);

    private static MetricFamily Gauge(string name, string help, string labels = "") => new(name, MetricKind.Gauge, help, labels);

    private static MetricFamily Histogram(string name, string help, string labels = "") => new(name, MetricKind.Histogram, help, labels);
}
