using System.Globalization;
using WsAot.Server;

namespace WsAot.Processes;

/// <summary>The process whose addresses this process takes over.</summary>
internal sealed unsafe class Predecessor
{
    /// <summary>
    /// Its value names the end of the pipe, and each listener with its descriptor. The name does not begin with the prefix of an
    /// application's options.
    /// </summary>
    public const string Variable = "WSAOTPREDECESSOR";

    private int _pipe;

    private Predecessor(int pipe, InheritedListeners listeners) => (_pipe, Listeners) = (pipe, listeners);

    public InheritedListeners Listeners { get; }

    /// <summary>The value of the variable.</summary>
    public static string Describe(int pipe, InheritedListeners listeners)
    {
        string text = pipe.ToString(CultureInfo.InvariantCulture);
        // An address cannot contain a semicolon, which separates addresses in the options.
        foreach (InheritedListener listener in listeners.Sockets)
        {
            text += ";" + listener.Socket.ToString(CultureInfo.InvariantCulture) + "=" + listener.Address;
        }

        return text;
    }

    /// <summary>Takes the variable out of the environment; null if there is none.</summary>
    public static Predecessor? Take()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } value) return null;
        Environment.SetEnvironmentVariable(Variable, null);
        return Parse(value);
    }

    /// <summary>Reads the value of the variable; null if it was not meant for this process.</summary>
    public static Predecessor? Parse(string value)
    {
        string[] parts = value.Split(';');
        if (!TryKeep(parts[0], out int pipe)) return null;
        var listeners = new InheritedListeners();
        for (int i = 1; i < parts.Length; i++)
        {
            string part = parts[i];
            int equals = part.IndexOf('=');
            if (equals > 0 && TryKeep(part[..equals], out int socket)) listeners.Add(part[(equals + 1)..], socket);
        }

        return new Predecessor(pipe, listeners);
    }

    /// <summary>Reports that this process listens.</summary>
    public void Report()
    {
        byte ready = 1;
        // If the other process is gone, the pipe has no reader; the runtime ignores SIGPIPE.
        if (_pipe >= 0) _ = NativeProcess.Write(_pipe, &ready, 1);
        Dispose();
    }

    /// <summary>Closes the pipe, and the sockets that no address needs.</summary>
    public void Dispose()
    {
        if (_pipe < 0) return;
        _ = NativeProcess.Close(_pipe);
        _pipe = -1;
        foreach (InheritedListener listener in Listeners.Sockets) _ = NativeProcess.Close(listener.Socket);
    }

    // Processes that this one starts must not inherit it.
    private static bool TryKeep(string text, out int descriptor) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out descriptor)
        && NativeProcess.FCntl(descriptor, NativeProcess.F_SETFD, NativeProcess.FD_CLOEXEC) >= 0;
}
