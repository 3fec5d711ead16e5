namespace WsAot.Bench.Reporting;

/// <summary>The file of <c>--json</c>: open before the first round, since a path that is wrong must not cost the run.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly FileStream _stream;

    private JsonFile(FileStream stream) => _stream = stream;

    /// <exception cref="BenchException">It cannot be written. What it holds stays until there is something new.</exception>
    public static JsonFile Open(string path)
    {
        try
        {
            return new JsonFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BenchException($"--json cannot be written: {exception.Message}");
        }
    }

    /// <param name="isLast">Only then does it go to a pipe, which cannot take back what it was given.</param>
    /// <exception cref="BenchException">The disk is full, or the like.</exception>
    public async Task WriteAsync(string text, bool isLast)
    {
        if (!isLast && !_stream.CanSeek) return;
        try
        {
            if (_stream.CanSeek && _stream.Length > 0) _stream.SetLength(0);
            await _stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
            await _stream.FlushAsync();
        }
        catch (IOException exception)
        {
            throw new BenchException($"--json cannot be written: {exception.Message}");
        }
    }

    public void Dispose() => _stream.Dispose();
}
