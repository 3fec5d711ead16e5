using System.Runtime.InteropServices;

namespace WsAot.Bench.Load;

/// <summary>The server did not do what it should, or the machine does not allow the load.</summary>
internal sealed class LoadException(string message) : Exception(message)
{
    public static LoadException FromErrno(string call) => new($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
}
