using System.Runtime.InteropServices;

namespace WsAot.Bench.Load;

/// <summary>The server did not do what it must, or the machine does not allow what is asked.</summary>
internal sealed class LoadException(string message) : Exception(message)
{
    public static LoadException FromErrno(string call) => new($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
}
