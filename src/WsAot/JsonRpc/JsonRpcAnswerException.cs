using System.Text.Json;
using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>A client's answer does not have the requested type.</summary>
internal sealed class JsonRpcAnswerException(string message, Exception? inner = null) : JsonException(message, inner), IPeerFault
{
    bool IPeerFault.IsPeerFault => true;
}
