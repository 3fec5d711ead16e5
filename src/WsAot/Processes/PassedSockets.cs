using System.Globalization;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Processes;

/// <summary>Sockets that a service manager opened: socket activation, as in sd_listen_fds(3).</summary>
internal sealed class PassedSockets
{
    private const string PidVariable = "LISTEN_PID";
    private const string CountVariable = "LISTEN_FDS";
    private const string NamesVariable = "LISTEN_FDNAMES";
    private const int FirstDescriptor = 3;

    private PassedSockets(InheritedListeners listeners, string urls) => (Listeners, Urls) = (listeners, urls);

    public InheritedListeners Listeners { get; }

    /// <summary>
    /// Their addresses, written as in the options: with TLS if the name of a socket begins with <c>wss</c> (<c>FileDescriptorName=</c>).
    /// </summary>
    public string Urls { get; }

    /// <summary>Takes the sockets out of the environment; null if there are none for this process.</summary>
    /// <exception cref="TransportException">A descriptor is not a listening TCP socket.</exception>
    public static PassedSockets? Take()
    {
        string? pid = Environment.GetEnvironmentVariable(PidVariable);
        if (pid is null || pid != Environment.ProcessId.ToString(CultureInfo.InvariantCulture)) return null;
        string count = Environment.GetEnvironmentVariable(CountVariable) ?? "";
        string names = Environment.GetEnvironmentVariable(NamesVariable) ?? "";
        foreach (string variable in (ReadOnlySpan<string>)[PidVariable, CountVariable, NamesVariable])
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        return Read(count, names, InheritedSocket.ReadAddress);
    }

    /// <param name="count">How many sockets there are, from descriptor 3 on.</param>
    /// <param name="names">Their names, separated by colons. There may be fewer names than sockets.</param>
    /// <param name="readAddress">Returns the address of a descriptor.</param>
    /// <exception cref="TransportException">A descriptor is not a listening TCP socket.</exception>
    public static PassedSockets? Read(string count, string names, Func<int, string> readAddress)
    {
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int sockets) || sockets == 0) return null;
        string[] each = names.Split(':');
        var listeners = new InheritedListeners { Giver = "The service manager (LISTEN_FDS)" };
        string[] urls = new string[sockets];
        for (int i = 0; i < sockets; i++)
        {
            string address = readAddress(FirstDescriptor + i);
            listeners.Add(address, FirstDescriptor + i);
            bool isSecure = i < each.Length && each[i].StartsWith("wss", StringComparison.OrdinalIgnoreCase);
            urls[i] = (isSecure ? "wss://" : "ws://") + address;
        }

        return new PassedSockets(listeners, string.Join(';', urls));
    }
}
