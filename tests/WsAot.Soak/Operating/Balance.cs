using System.Globalization;
using WsAot.Soak.Checks;

namespace WsAot.Soak.Operating;

/// <summary>Compares the clients' counts with the sums of the last metrics of each process.</summary>
internal sealed class Balance(IReadOnlyList<Scrape> finals, Faults faults)
{
    /// <summary>The figures that were compared.</summary>
    public int Compared { get; private set; }

    public void Check(Tallies tallies)
    {
        CheckExactly(tallies.Echo);
        CheckExactly(tallies.Rpc);
        CheckAtLeast(tallies.Chat);
        CheckCalls(tallies);
        Expect("wsaot_http_responses_total{status=\"404\",reason=\"not-found\"}", tallies.NotFound);
        Expect("wsaot_http_responses_total{status=\"200\",reason=\"options\"}", tallies.Options);
    }

    private void CheckExactly(Tally tally)
    {
        string route = $"route=\"{tally.Route}\"";
        Expect($"wsaot_connections_opened_total{{{route}}}", tally.Opened);
        ExpectEnds(tally);
        Expect($"wsaot_messages_received_total{{{route},kind=\"text\"}}", tally.TextsSent);
        Expect($"wsaot_messages_received_bytes_total{{{route},kind=\"text\"}}", tally.TextBytesSent);
        Expect($"wsaot_messages_received_total{{{route},kind=\"binary\"}}", tally.BinariesSent);
        Expect($"wsaot_messages_received_bytes_total{{{route},kind=\"binary\"}}", tally.BinaryBytesSent);
        Expect($"wsaot_messages_received_total{{{route},kind=\"ping\"}}", tally.PingsSent);
        Expect($"wsaot_messages_sent_total{{{route},kind=\"text\"}}", tally.TextsReceived);
        Expect($"wsaot_messages_sent_bytes_total{{{route},kind=\"text\"}}", tally.TextBytesReceived);
        Expect($"wsaot_messages_sent_total{{{route},kind=\"binary\"}}", tally.BinariesReceived);
        Expect($"wsaot_messages_sent_bytes_total{{{route},kind=\"binary\"}}", tally.BinaryBytesReceived);
        Expect($"wsaot_messages_sent_total{{{route},kind=\"pong\"}}", tally.PongsReceived);
        // Each connection ends with a close frame from the server, whichever side closed first.
        Expect($"wsaot_messages_sent_total{{{route},kind=\"close\"}}", tally.Opened);
    }

    private void ExpectEnds(Tally tally)
    {
        // If both sides close at the same moment, the code is the client's and the cause is the server's. So only the cause is compared.
        double closed = 0;
        double stopped = 0;
        foreach ((string sample, double value) in finals.SelectMany(static scrape => scrape.Of("wsaot_connections_closed_total")))
        {
            if (!sample.Contains($"route=\"{tally.Route}\"", StringComparison.Ordinal)) continue;
            if (sample.Contains("cause=\"closed\",by=\"peer\"", StringComparison.Ordinal)) closed += value;
            else if (sample.Contains("cause=\"stopping\"", StringComparison.Ordinal)) stopped += value;
            else faults.Add(string.Create(CultureInfo.InvariantCulture, $"{sample} is {value}, and no client ended so"));
        }

        Compare($"the ends on {tally.Route} that clients began", closed, tally.Closed);
        Compare($"the ends on {tally.Route} by a stop", stopped, tally.Stopped);
    }

    private void CheckAtLeast(Tally tally)
    {
        string route = $"route=\"{tally.Route}\"";
        ExpectAtLeast($"wsaot_connections_opened_total{{{route}}}", tally.Opened);
        ExpectAtLeast($"wsaot_messages_received_total{{{route},kind=\"text\"}}", tally.TextsSent);
        ExpectAtLeast($"wsaot_messages_sent_total{{{route},kind=\"text\"}}", tally.TextsReceived);
        ExpectAtLeast("wsaot_topic_publications_total", tally.TextsSent);
        ExpectAtLeast("wsaot_topic_deliveries_total", tally.TextsReceived);
    }

    private void CheckCalls(Tallies tallies)
    {
        foreach (((string method, string outcome), long count) in tallies.Calls)
        {
            Expect($"wsaot_rpc_calls_total{{route=\"/rpc\",method=\"{method}\",outcome=\"{outcome}\"}}", count);
        }

        foreach ((int code, long count) in tallies.RefusedCalls)
        {
            Expect($"wsaot_rpc_calls_refused_total{{route=\"/rpc\",code=\"{code.ToString(CultureInfo.InvariantCulture)}\"}}", count);
        }

        Compare(
            "the calls of all methods",
            finals.Sum(static scrape => scrape.Of("wsaot_rpc_calls_total").Sum(static sample => sample.Value)),
            tallies.Calls.Values.Sum());
    }

    private void Expect(string sample, long counted) => Compare(sample, Sum(sample), counted);

    private void Compare(string what, double sum, long counted)
    {
        Compared++;
        if (sum != counted) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {sum}, and clients have counted {counted}"));
    }

    private void ExpectAtLeast(string sample, long counted)
    {
        Compared++;
        double sum = Sum(sample);
        if (sum >= counted) return;
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{sample} is {sum}, and clients have counted {counted} at least"));
    }

    private double Sum(string sample) => finals.Sum(scrape => scrape[sample]);
}
