using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Processes;

/// <summary>A process of the same program that is to take over from this one.</summary>
internal sealed unsafe class Successor : IDisposable
{
    private const int PollMs = 100;
    private const int StopMs = 30_000;

    /// <summary>
    /// How long an unwanted process has to end. Short, because this process waits to end, and the other one serves no clients yet.
    /// </summary>
    private const int GivenUpMs = 2000;

    private readonly int _pipe;

    private Successor(int id, int pipe) => (Id, _pipe) = (id, pipe);

    public int Id { get; }

    /// <summary>Starts the process, which inherits the listeners and one end of a pipe.</summary>
    /// <exception cref="TransportException">There is no such file, it is not a program, or the machine has no resources for it.</exception>
    public static Successor Start(string file, IReadOnlyList<byte[]> arguments, InheritedListeners listeners)
    {
        int* pipe = stackalloc int[2];
        if (NativeProcess.Pipe(pipe, NativeProcess.O_CLOEXEC) < 0) throw Failure(file, Marshal.GetLastSystemError());
        (int reading, int writing) = (pipe[0], pipe[1]);
        try
        {
            List<int> descriptors = [writing];
            foreach (InheritedListener listener in listeners.Sockets) descriptors.Add(listener.Socket);
            List<byte[]> environment = ProgramStart.ReadEnvironment(Predecessor.Variable, Predecessor.Describe(writing, listeners));
            return new Successor(Spawn(file, arguments, environment, descriptors), reading);
        }
        catch
        {
            _ = NativeProcess.Close(reading);
            throw;
        }
        finally
        {
            // Then only the new process has this end, so its exit is noticed here.
            _ = NativeProcess.Close(writing);
        }
    }

    /// <summary>Blocks until the process has reported.</summary>
    /// <param name="timeoutMs">How long it may take.</param>
    /// <param name="isGivenUp">Called now and then to ask whether the process is no longer wanted.</param>
    /// <returns>Null if the process listens; otherwise the reason, as a clause, after the process was ended.</returns>
    public string? WaitUntilReady(int timeoutMs, Func<bool> isGivenUp)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var poll = new NativeProcess.PollDescriptor { Descriptor = _pipe, Events = NativeProcess.POLLIN };
            byte report;
            if (NativeProcess.Poll(&poll, 1, PollMs) > 0)
            {
                nint count = NativeProcess.Read(_pipe, &report, 1);
                if (count == 1) return null;
                if (count == 0) return Stop("it closed its pipe without reporting that it listens");
            }

            if (isGivenUp()) return Stop("this process was told to stop", GivenUpMs);
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > timeoutMs)
            {
                return Stop(string.Create(CultureInfo.InvariantCulture, $"it did not listen within {timeoutMs} ms"));
            }
        }
    }

    public void Dispose() => _ = NativeProcess.Close(_pipe);

    private static int Spawn(string file, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment, List<int> descriptors)
    {
        byte* actions = stackalloc byte[NativeProcess.StructBytes];
        byte* attributes = stackalloc byte[NativeProcess.StructBytes];
        byte* mask = stackalloc byte[NativeProcess.StructBytes];
        new Span<byte>(mask, NativeProcess.StructBytes).Clear();
        using var path = new NativeStrings([Encoding.UTF8.GetBytes(file)]);
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        _ = NativeProcess.InitActions(actions);
        _ = NativeProcess.InitAttributes(attributes);
        _ = NativeProcess.SetSignalMask(attributes, mask);
        _ = NativeProcess.SetFlags(attributes, NativeProcess.POSIX_SPAWN_SETSIGMASK);
        // Duplicated to the same number, so that in the new process it stays open over exec. Here it keeps its flag.
        foreach (int descriptor in descriptors) _ = NativeProcess.AddDup(actions, descriptor, descriptor);
        int id;
        int error = NativeProcess.Spawn(&id, path.Pointers[0], actions, attributes, argv.Pointers, envp.Pointers);
        _ = NativeProcess.DestroyActions(actions);
        _ = NativeProcess.DestroyAttributes(attributes);
        return error == 0 ? id : throw Failure(file, error);
    }

    private static TransportException Failure(string file, int error) =>
        new($"{file} cannot be started: {Marshal.GetPInvokeErrorMessage(error)}.");

    /// <summary>Ends the process, unless it has ended, and returns how it ended.</summary>
    private string Stop(string reason, int patienceMs = StopMs)
    {
        // If it closed its pipe by ending, its exit status follows in a moment.
        if (TryReap(10 * PollMs, out string end)) return end;
        _ = NativeProcess.Kill(Id, NativeProcess.SIGTERM);
        if (TryReap(patienceMs, out _)) return reason;
        _ = NativeProcess.Kill(Id, NativeProcess.SIGKILL);
        TryReap(StopMs, out _);
        return reason;
    }

    private bool TryReap(int timeoutMs, out string end)
    {
        long start = Stopwatch.GetTimestamp();
        int status = 0;
        while (NativeProcess.WaitPid(Id, &status, NativeProcess.WNOHANG) == 0)
        {
            end = "";
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > timeoutMs) return false;
            _ = NativeProcess.Poll(null, 0, PollMs / 10);
        }

        int signal = status & 0x7f;
        end = signal == 0
            ? string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {(status >> 8) & 0xff}")
            : string.Create(CultureInfo.InvariantCulture, $"it was ended by signal {signal}");
        return true;
    }
}
