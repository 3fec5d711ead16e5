namespace WsAot.TestKit.Processes;

/// <summary>The lines that a process prints, as they come. You can wait for a line.</summary>
public sealed class OutputLines
{
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private TaskCompletionSource _changed = NewSignal();

    public OutputLines(StreamReader reader) => _reading = ReadAsync(reader);

    /// <summary>All lines so far.</summary>
    public string[] All
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public override string ToString() => string.Join('\n', All);

    /// <summary>Ends when the process has closed its output.</summary>
    public Task EndAsync() => _reading;

    /// <summary>The first <paramref name="count"/> lines that fit, or fewer if the output ends before.</summary>
    public async Task<string[]> WaitForAsync(Func<string, bool> fits, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            bool ended;
            lock (_lines)
            {
                changed = _changed.Task;
                ended = _reading.IsCompleted;
            }

            string[] found = [.. All.Where(fits).Take(count)];
            if (found.Length == count || ended) return found;
            await Task.WhenAny(changed, _reading).WaitAsync(cancellationToken);
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            TaskCompletionSource changed;
            lock (_lines)
            {
                _lines.Add(line);
                changed = _changed;
                _changed = NewSignal();
            }

            changed.SetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
