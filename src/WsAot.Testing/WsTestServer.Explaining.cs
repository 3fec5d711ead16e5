using System.Text;
using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Testing.Running;

namespace WsAot.Testing;

/// <summary>The details in the messages of exceptions.</summary>
public sealed partial class WsTestServer
{
    private const int MaxListed = 10;

    /// <summary>The log events about clients: the server ended a connection, refused a request, or dropped a message.</summary>
    private static readonly int[] s_idsOfClients = [6, 7, 19];

    /// <summary>
    /// Creates an exception that says what happened instead. Exceptions of handlers that it includes are not thrown again by <see
    /// cref="DisposeAsync"/>.
    /// </summary>
    /// <param name="message">The expectation that was not met.</param>
    /// <param name="client">The client; null if there is no open connection.</param>
    internal WsTestException Explain(string message, WsTestClient? client) => Pump.Look(() =>
    {
        var text = new StringBuilder(message);
        if (client is not null) Describe(text, client);
        foreach (Session session in Server.Lifetime.GetSessions())
        {
            if (session.IsHandlerBusy) Add(text, "Busy", $"{session.HandlerName} on {session.Connection.Path}");
        }

        foreach (Wire.HttpExchange asked in _asked) Add(text, "Unanswered request", asked.Target);
        if (Pump.IsBusy() && Pump.Time.NextDueTicks is { } due)
        {
            Add(text, "Clock", $"a timer is due in {TimeSpan.FromTicks(due - Pump.Time.NowTicks)}; call Advance to let time pass");
        }

        WsTestLogEntry[] lines = Array.FindAll(_log.Entries, IsTold);
        AddAll(text, "Log", lines.TakeLast(MaxListed).Select(static line => line.ToString()));
        return new WsTestException(text.ToString(), _log.TakeExceptions().FirstOrDefault());
    });

    private static bool IsTold(WsTestLogEntry line) => line.Level >= LogLevel.Warning
        || (line.Category == TestLog.ServerCategory && Array.IndexOf(s_idsOfClients, line.EventId.Id) >= 0);

    private static void Describe(StringBuilder text, WsTestClient client)
    {
        AddAll(text, "Unread", client.Connection.Messages.Select(static message => message.ToString()));
        if (client.CurrentRpc is { } rpc)
        {
            AddAll(text, "Notification", rpc.Notifications.Select(static notification => notification.ToString()));
            AddAll(text, "Unanswered call", rpc.Calls.Select(static call => call.ToString()));
        }

        string state = client.Connection.Close is { } close
            ? $"ended with {close.Code} \"{close.Reason}\", {(close.WasClean ? "clean" : "not clean")}"
            : client.Connection.IsReadingStopped ? "open; this client has stopped reading" : "open";
        Add(text, "Connection", state);
    }

    private static void AddAll(StringBuilder text, string name, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        foreach (string line in all.AsSpan(0, Math.Min(all.Length, MaxListed))) Add(text, name, line);
        if (all.Length > MaxListed) Add(text, name, $"... {all.Length} in all");
    }

    private static void Add(StringBuilder text, string name, string line) => text.Append("\n  ").Append(name).Append(": ").Append(line);
}
