namespace WsAot.Generators.Symbols;

/// <summary>The types of .NET and its extensions that a handler may name, or that generated code calls.</summary>
/// <remarks>
/// The generator references none of these assemblies. It knows the names alone, and a test compares each of them with the real type.
/// Each nested class is one type: <c>Name</c> is its metadata name, every other constant is a member.
/// </remarks>
internal static class SystemTypes
{
    internal static class Type
    {
        public const string Name = "System.Type";
    }

    internal static class Uri
    {
        public const string Name = "System.Uri";
    }

    internal static class IPEndPoint
    {
        public const string Name = "System.Net.IPEndPoint";
    }

    internal static class AsyncEnumerable
    {
        public const string Name = "System.Collections.Generic.IAsyncEnumerable`1";
    }

    internal static class CancellationToken
    {
        public const string Name = "System.Threading.CancellationToken";
    }

    internal static class FromKeyedServicesAttribute
    {
        public const string Name = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    }

    internal static class LoggerOfT
    {
        public const string Name = "Microsoft.Extensions.Logging.ILogger`1";
    }

    internal static class LoggerFactory
    {
        public const string Name = "Microsoft.Extensions.Logging.ILoggerFactory";
    }

    internal static class Disposable
    {
        public const string Name = "System.IDisposable";
        public const string Dispose = "Dispose";
    }

    internal static class AsyncDisposable
    {
        public const string Name = "System.IAsyncDisposable";
        public const string DisposeAsync = "DisposeAsync";
    }

    internal static class ServiceProvider
    {
        public const string Name = "System.IServiceProvider";
    }

    internal static class Task
    {
        public const string Name = "System.Threading.Tasks.Task";
    }

    internal static class TaskOfT
    {
        public const string Name = "System.Threading.Tasks.Task`1";
    }

    internal static class ValueTask
    {
        public const string Name = "System.Threading.Tasks.ValueTask";
    }

    internal static class ValueTaskOfT
    {
        public const string Name = "System.Threading.Tasks.ValueTask`1";
    }

    internal static class Span
    {
        public const string Name = "System.Span`1";
    }

    internal static class ReadOnlySpan
    {
        public const string Name = "System.ReadOnlySpan`1";
    }

    internal static class Memory
    {
        public const string Name = "System.Memory`1";
    }

    internal static class ReadOnlyMemory
    {
        public const string Name = "System.ReadOnlyMemory`1";
    }

    internal static class Utf8SpanParsable
    {
        public const string Name = "System.IUtf8SpanParsable`1";
    }

    internal static class SpanParsable
    {
        public const string Name = "System.ISpanParsable`1";
    }

    internal static class DateTimeOffset
    {
        public const string Name = "System.DateTimeOffset";
    }

    internal static class SetsRequiredMembersAttribute
    {
        public const string Name = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    }

    internal static class Unsafe
    {
        public const string Name = "System.Runtime.CompilerServices.Unsafe";
        public const string As = "As";
    }

    internal static class MemoryExtensions
    {
        public const string Name = "System.MemoryExtensions";
        public const string SequenceEqual = "SequenceEqual";
    }

    internal static class InternalsVisibleToAttribute
    {
        public const string Name = "System.Runtime.CompilerServices.InternalsVisibleToAttribute";
    }

    internal static class AttributeUsageAttribute
    {
        public const string Name = "System.AttributeUsageAttribute";
        public const string AllowMultiple = "AllowMultiple";
        public const string Inherited = "Inherited";
    }

    internal static class Exception
    {
        public const string Name = "System.Exception";
    }

    internal static class FlagsAttribute
    {
        public const string Name = "System.FlagsAttribute";
    }

    internal static class NonGenericDictionary
    {
        public const string Name = "System.Collections.IDictionary";
    }

    internal static class Dictionary
    {
        public const string Name = "System.Collections.Generic.IDictionary`2";
    }

    internal static class ReadOnlyDictionary
    {
        public const string Name = "System.Collections.Generic.IReadOnlyDictionary`2";
    }
}
