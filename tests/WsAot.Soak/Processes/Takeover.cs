using System.Globalization;

namespace WsAot.Soak.Processes;

/// <summary>SIGUSR2: another process of the same program takes over the addresses.</summary>
internal static class Takeover
{
    private const string Started = "Process ";
    private const string HasTakenOver = " has taken over;";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Sends the signal, and waits until the next process listens.</summary>
    /// <param name="server">The first process, whose log the later ones continue.</param>
    /// <param name="current">The process that is replaced.</param>
    /// <param name="number">The number of this takeover, counted from 1.</param>
    /// <returns>The next process.</returns>
    /// <exception cref="InvalidOperationException">None has taken over.</exception>
    public static async Task<int> RequestAsync(ServerProcess server, int current, int number)
    {
        Signals.Send(current, Signal.User2);
        using CancellationTokenSource guard = new(s_patience);
        string[] lines = await server.Error.WaitForAsync(
            static line => line.Contains(HasTakenOver, StringComparison.Ordinal), number, guard.Token);
        if (lines.Length < number) throw new InvalidOperationException($"No process has taken over:\n{server.Error}");
        string line = lines[^1];
        int start = line.IndexOf(Started, StringComparison.Ordinal) + Started.Length;
        return int.Parse(line.AsSpan(start, line.IndexOf(HasTakenOver, StringComparison.Ordinal) - start), CultureInfo.InvariantCulture);
    }
}
