using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Limits;
using WsAot.Protocol.Handshake;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// Checks the server's limits for one more connection, before anything is created for the request: refusing a crowd must cost little.
/// </summary>
internal sealed partial class HandshakeConnection
{
    private ulong _countedAddress;

    // The only place that decides whose address counts.
    private ulong LimitedAddress
    {
        get
        {
            PeerAddress address = ClientAddress;
            // A proxy that does not name its client is not one client.
            return address.IsRelay ? AddressKey.None : AddressKey.Of(address);
        }
    }

    /// <summary>Checks the limits. The first one that refuses the request answers it.</summary>
    private bool TryAdmit(RequestHead head) => IsMemoryLeft(head) && TryEnterByAddress(head) && TryPassGate(head);

    private bool IsMemoryLeft(RequestHead head)
    {
        ServerLimits limits = context.Server.Limits;
        if (limits.MemoryLimit(Options) is not (> 0 and var limitBytes)) return true;
        if (limits.Memory.Look(limitBytes, loop.NowMs) == MemoryLevel.Low) return true;
        Refuse(503, "the server is short of memory", head, "--max-memory-bytes", RetryAfter(limits.Memory.NextRetrySeconds));
        return false;
    }

    private bool TryEnterByAddress(RequestHead head)
    {
        WsServerOptions options = Options;
        Rate rate = ServerLimits.AddressUpgradesOf(options);
        int max = options.MaxConnectionsPerAddress;
        if (max == 0 && !rate.IsLimited) return true;
        ulong address = LimitedAddress;
        if (address == AddressKey.None) return true;
        switch (context.Server.Limits.Addresses.TryEnter(address, rate, max, loop.NowMs, out long waitMs))
        {
            case AddressVerdict.TooOften:
                string often = $"more than {rate.PerSecond} upgrades a second from this address";
                int seconds = (int)Math.Min(int.MaxValue, (waitMs + 999) / 1000);
                Refuse(429, often, head, "--max-upgrades-per-second-per-address", RetryAfter(seconds));
                return false;
            case AddressVerdict.TooMany:
                Refuse(429, $"this address has the maximum of {max} connections", head, "--max-connections-per-address");
                return false;
            default:
                if (max > 0) _countedAddress = address;
                return true;
        }
    }

    private bool TryPassGate(RequestHead head)
    {
        Rate rate = ServerLimits.UpgradesOf(Options);
        if (!rate.IsLimited) return true;
        int seconds = context.Server.Limits.Upgrades.TryPass(rate, loop.NowMs);
        if (seconds == 0) return true;
        string reason = $"the server gets more than {rate.PerSecond} upgrade requests a second";
        Refuse(503, reason, head, "--max-upgrades-per-second", RetryAfter(seconds));
        return false;
    }

    private void RefuseUser(RequestHead head, string user)
    {
        int max = Options.MaxConnectionsPerUser;
        // The name goes to the log only: the answer must not tell the client anything that it may not know.
        Refuse(429, $"the user has the maximum of {max} connections", head, "--max-connections-per-user");
        if (!Logger.IsEnabled(LogLevel.Debug)) return;
        LimitLog.UserRefused(Logger, Printable.From(Encoding.UTF8.GetBytes(user)), RemoteEndPoint);
    }

    private void LeaveAddress()
    {
        if (_countedAddress == AddressKey.None) return;
        context.Server.Limits.Addresses.Leave(_countedAddress, ServerLimits.AddressUpgradesOf(Options), loop.NowMs);
        _countedAddress = AddressKey.None;
    }

    private void HandOverAddress(Session session)
    {
        if (_countedAddress == AddressKey.None) return;
        session.CountFor(_countedAddress);
        _countedAddress = AddressKey.None;
    }

    private static KeyValuePair<string, string> RetryAfter(int seconds) =>
        new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
}
