using System.Globalization;
using WsAot.Limits;
using WsAot.Memory;
using WsAot.Metrics;
using WsAot.Transport;
using WsAot.Transport.Buffers;

namespace WsAot.Server;

/// <summary>Metrics of the loops, TLS, and the process.</summary>
internal sealed partial class ServerMetrics
{
    private void CollectServer(MetricSink sink)
    {
        sink.Begin(MetricFamilies.BuildInfo);
        sink.Add(1, ApplicationVersion.Text, _lifetime.TransportName);
        sink.Begin(MetricFamilies.Ready);
        sink.Add(_lifetime.IsReady ? 1 : 0);
        Single(sink, MetricFamilies.ReloadSuccessful, _context.IsReloadRefused ? 0 : 1);
    }

    private void CollectLoops(MetricSink sink)
    {
        PerLoop(sink, MetricFamilies.LoopConnections, static loop => loop.Transport.ConnectionCount);
        PerLoop(sink, MetricFamilies.NetworkReceived, static loop => loop.Transport.ReceivedBytes);
        PerLoop(sink, MetricFamilies.NetworkSent, static loop => loop.Transport.SentBytes);
        PerLoop(sink, MetricFamilies.LoopTime, static loop => loop.Transport.ProcessorTime.TotalSeconds);
        PerLoop(sink, MetricFamilies.LateTimers, static loop => loop.State.Timers.LateCount);
        PerLoop(sink, MetricFamilies.PoolBytes, static loop => (loop.Transport.Pool as LoopBufferPool)?.KeptBytes ?? 0);
        sink.Begin(MetricFamilies.LoopDelay);
        for (int i = 0; i < Delays.Count; i++) sink.Add(Delays[i].Delays, i.ToString(CultureInfo.InvariantCulture));
    }

    private void PerLoop(MetricSink sink, MetricFamily family, Func<ServerLoop, double> read)
    {
        sink.Begin(family);
        for (int i = 0; i < Loops.Length; i++) sink.Add(read(Loops[i]), i.ToString(CultureInfo.InvariantCulture));
    }

    private void CollectTls(MetricSink sink)
    {
        long all = 0;
        long resumed = 0;
        long failed = 0;
        foreach (ServerLoop loop in Loops)
        {
            // Read before the total that it is a part of.
            resumed += loop.Transport.TlsResumptions;
            all += loop.Transport.TlsHandshakes;
            failed += loop.State.Counters.TlsFailed;
        }

        sink.Begin(MetricFamilies.TlsHandshakes);
        if (_lifetime.Certificates is not { } certificates) return;
        sink.Add(all - resumed, "full");
        sink.Add(resumed, "resumed");
        sink.Add(failed, "failed");
        sink.Begin(MetricFamilies.CertificateExpiry);
        foreach (TlsCertificate one in certificates) sink.Add(one.NotAfter.ToUnixTimeSeconds(), one.File);
        Single(sink, MetricFamilies.CertificateFilesUsable, _lifetime.AreCertificateFilesUsable ? 1 : 0);
    }

    private void CollectProcess(MetricSink sink)
    {
        Single(sink, MetricFamilies.HeapBytes, GC.GetTotalMemory(forceFullCollection: false));
        Single(sink, MetricFamilies.AllocatedBytes, GC.GetTotalAllocatedBytes(precise: false));
        Single(sink, MetricFamilies.CollectionTime, GC.GetTotalPauseDuration().TotalSeconds);
        sink.Begin(MetricFamilies.Collections);
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            // A collection of one generation also collects the younger ones, and counts for each.
            int above = generation == GC.MaxGeneration ? 0 : GC.CollectionCount(generation + 1);
            sink.Add(GC.CollectionCount(generation) - above, generation.ToString(CultureInfo.InvariantCulture));
        }

        CollectMemoryLimit(sink);
        Single(sink, MetricFamilies.ResidentBytes, ProcessMemory.Read().ResidentBytes);
        Single(sink, MetricFamilies.ProcessorTime, Environment.CpuUsage.TotalTime.TotalSeconds);
        Single(sink, MetricFamilies.OpenDescriptors, ServerTransport.CountDescriptors());
        Single(sink, MetricFamilies.MaxDescriptors, ServerTransport.DescriptorLimit);
        Single(sink, MetricFamilies.StartTime, _startSeconds);
    }

    private void CollectMemoryLimit(MetricSink sink)
    {
        sink.Begin(MetricFamilies.MemoryLimit);
        long limit = _context.Limits.MemoryLimit(_context.Options);
        if (limit > 0) sink.Add(limit);
        sink.Begin(MetricFamilies.MemoryLevel);
        // If the limit was turned off, an earlier level no longer counts.
        MemoryLevel now = limit > 0 ? _context.Limits.Memory.Level : MemoryLevel.Low;
        foreach ((MemoryLevel level, string name) in s_memoryLevels) sink.Add(now == level ? 1 : 0, name);
    }

    private static void Single(MetricSink sink, MetricFamily family, double value)
    {
        sink.Begin(family);
        sink.Add(value);
    }
}
