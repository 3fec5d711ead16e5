namespace WsAot.Bench.Reporting;

/// <summary>
/// The file of <c>--json</c> or <c>--svg</c>. It is opened before the first round: a wrong path must not cost the run.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _option;
    private readonly FileStream _stream;

    private ReportFile(string option, FileStream stream) => (_option, _stream) = (option, stream);

    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file; null: there is none.</param>
    /// <exception cref="BenchException">The file cannot be written. Its old content stays until there is a new one.</exception>
    public static ReportFile? Open(string option, string? path)
    {
        if (path is null) return null;
        try
        {
            return new ReportFile(option, new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BenchException($"{option} cannot be written: {exception.Message}");
        }
    }

    /// <param name="isLast">Whether this is the last text. Only the last text goes to a pipe, which cannot be rewritten.</param>
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
            throw new BenchException($"{_option} cannot be written: {exception.Message}");
        }
    }

    public void Dispose() => _stream.Dispose();
}
