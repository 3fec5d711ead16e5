using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Checks the event methods and binds their parameters.</summary>
internal static class EventParser
{
    /// <returns>The methods in the order of the events; at most one per event unless an error was reported.</returns>
    public static IReadOnlyList<EventMethod> Parse(ParseScope scope, ParameterBinder binder, bool isCalledByJsonRpc)
    {
        IReadOnlyList<(WsEvent Event, IMethodSymbol Method)> methods = scope.Events;
        // [OnUpgrade] alone is not enough: the handler would never be called once the connection is open.
        if (!isCalledByJsonRpc && methods.All(static marked => marked.Event == WsEvent.Upgrade))
        {
            scope.Report(DiagnosticDescriptors.NoEventMethod, scope.TypeName);
        }

        ReportDuplicates(scope, methods);

        var events = new List<EventMethod>();
        foreach ((WsEvent kind, IMethodSymbol method) in methods.OrderBy(static marked => marked.Event))
        {
            CheckCallable(scope, kind, method);
            ReturnKind? returns = CheckReturn(scope, kind, method);
            IReadOnlyList<Argument> arguments =
                binder.BindEvent(kind, method, isAsynchronous: method.IsAsync || returns > ReturnKind.Synchronous);
            if (returns is { } known)
            {
                events.Add(new EventMethod(kind, TypeNames.InCode(method.ContainingType), method.Name, known, new(arguments))
                {
                    // There is no connection yet that a filter could get.
                    Filters = kind == WsEvent.Upgrade ? null : scope.Filters.Of(method),
                });
            }
        }

        return events;
    }

    private static void ReportDuplicates(ParseScope scope, IReadOnlyList<(WsEvent Event, IMethodSymbol Method)> methods)
    {
        foreach (var several in methods.GroupBy(static marked => marked.Event).Where(static marked => marked.Skip(1).Any()))
        {
            IMethodSymbol first = several.First().Method;
            foreach ((WsEvent kind, IMethodSymbol method) in several.Skip(1))
            {
                scope.ReportAt(method, DiagnosticDescriptors.DuplicateEventMethod, "On" + kind, scope.TypeName, first.Name, method.Name);
            }
        }
    }

    private static void CheckCallable(ParseScope scope, WsEvent kind, IMethodSymbol method)
    {
        if (!MethodRules.CanBeCalled(scope, method)) return;
        if (kind == WsEvent.Upgrade && !method.IsStatic)
        {
            scope.ReportAt(method, DiagnosticDescriptors.StaticOrInstance, method.Name, "static: it is called before the handler exists");
        }
        else if (kind != WsEvent.Upgrade && method.IsStatic)
        {
            scope.ReportAt(
                method,
                DiagnosticDescriptors.StaticOrInstance,
                method.Name,
                "an instance method: only [OnUpgrade] is called without the handler");
        }
    }

    private static ReturnKind? CheckReturn(ParseScope scope, WsEvent kind, IMethodSymbol method)
    {
        ITypeSymbol type = method.ReturnType;
        if (type.TypeKind == TypeKind.Error)
        {
            scope.MarkAsReportedElsewhere();
            return null;
        }

        if (kind != WsEvent.Upgrade && MethodRules.IsAsyncVoid(scope, method)) return null;

        ReturnKind? returns = method.ReturnsByRef || method.ReturnsByRefReadonly || type.NullableAnnotation == NullableAnnotation.Annotated
            ? null
            : kind == WsEvent.Upgrade ? UpgradeReturn(type) : EventReturn(method);
        if (returns is null)
        {
            string possible = kind == WsEvent.Upgrade
                ? "WsUpgrade or WsUpgrade<T>, or a Task or ValueTask of it, and never null"
                : "void, Task or ValueTask, and never null";
            scope.ReportAt(method, DiagnosticDescriptors.InvalidReturnType, method.Name, possible);
        }

        return returns;
    }

    private static ReturnKind? EventReturn(IMethodSymbol method) =>
        method.ReturnsVoid ? ReturnKind.Synchronous
        : method.ReturnType.Is(SystemTypes.Task.Name) ? ReturnKind.Task
        : method.ReturnType.Is(SystemTypes.ValueTask.Name) ? ReturnKind.ValueTask
        : null;

    private static ReturnKind? UpgradeReturn(ITypeSymbol type)
    {
        ITypeSymbol answer = UpgradeValue.AnswerOf(type);
        if (answer.NullableAnnotation == NullableAnnotation.Annotated) return null;
        if (answer.Is(WsAotTypes.WsUpgradeOfT.Name)) return ReturnKind.UpgradeWithValue;
        if (!answer.Is(WsAotTypes.WsUpgrade.Name)) return null;
        return type.Is(SystemTypes.TaskOfT.Name) ? ReturnKind.Task
            : type.Is(SystemTypes.ValueTaskOfT.Name) ? ReturnKind.ValueTask
            : ReturnKind.Synchronous;
    }
}
