using System.Runtime.InteropServices;

namespace WsAot.TestKit.Processes;

/// <summary>Sends signals (Linux).</summary>
public static partial class Signals
{
    /// <exception cref="InvalidOperationException">There is no such process, or it is not ours.</exception>
    public static void Send(int processId, Signal signal)
    {
        if (!TrySend(processId, signal))
        {
            throw new InvalidOperationException($"kill({processId}, {signal}): error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <returns>False if there is no such process.</returns>
    public static bool TrySend(int processId, Signal signal) => Kill(processId, (int)signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
