using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class FilterAnalyzerTests
{
    [Fact]
    public Task WSA042_what_generated_code_cannot_name() => Check(Usings + """
        file sealed class FileAttribute : WsFilterAttribute;
        file sealed class Local;
        public sealed class TypedAttribute(params Type[] types) : WsFilterAttribute { public object? More { get; set; } }
        public sealed class GenericAttribute<T> : WsFilterAttribute;
        [WsRoute("/")] public class Handler
        {
            [OnOpen, Hidden] public void {|WSA042:Opened|}() { }
            [OnText, Typed(typeof(int), typeof(Local[]))] public void {|WSA042:Text|}() { }
            [OnBinary, Generic<Inner>] public void {|WSA042:Binary|}() { }
            [OnPong, Typed(More = Kind.One)] public void {|WSA042:Pong|}() { }
            [OnClose, File] public void {|WSA042:Closed|}() { }
            private sealed class Inner;
            private sealed class HiddenAttribute : WsFilterAttribute;
            private enum Kind { One }
        }
        [WsRoute("/b"), File] public class {|WSA042:B|} { [OnOpen] public void Opened() { } [OnText] public void Text() { } }
        """);

    [Fact]
    public Task WSA042_not_for_what_it_can_name_nor_for_attributes_that_nothing_reads() => Check(Usings + """
        internal sealed class InternalAttribute : WsFilterAttribute;
        public sealed class TypedAttribute(params Type[] types) : WsFilterAttribute { public object? More; }
        public sealed class GenericAttribute<T> : WsFilterAttribute;
        [WsRoute("/"), Internal, Typed(typeof(System.Collections.Generic.List<>), More = new[] { 1 })] public class Handler
        {
            [OnOpen, Generic<Inner>] public void Opened() { }
            internal sealed class Inner;
        }
        [WsRoute("/b")] public class B
        {
            [OnOpen, Hidden] public void Opened() { }
            private sealed class HiddenAttribute : WsMetadataAttribute;
        }
        """);

    [Fact]
    public Task WSA043_a_filter_that_never_runs() => Check(Usings + """
        public sealed class FilterAttribute : WsFilterAttribute;
        public abstract class Base { [Filter] protected void Helper() { } [Filter] public virtual void Called() { } }
        [WsRoute("/")] public class {|WSA043:Handler|} : Base
        {
            [OnUpgrade, Filter] public static WsUpgrade {|WSA043:Check|}() => WsUpgrade.Accept();
            [OnOpen] public override void Called() { }
            [Filter] public void {|WSA043:Text|}() { }
        }
        """);

    [Fact]
    public Task WSA043_not_for_one_that_runs_nor_for_metadata() => Check(Usings + """
        public sealed class FilterAttribute : WsFilterAttribute;
        public sealed class LabelAttribute : WsMetadataAttribute;
        [WsRoute("/"), Filter] public class Handler
        {
            [OnUpgrade, Label] public static WsUpgrade Check() => WsUpgrade.Accept();
            [OnOpen, Filter] public void Opened() { }
            [Label] public void Text() { }
        }
        """);

    [Fact]
    public Task WSA044_an_async_void_filter() => Check(Usings + """
        public class AAttribute : WsFilterAttribute
        {
            public override async void {|WSA044:OnCalling|}(WsCall call) => await Task.Yield();
            public override async void {|WSA044:OnCalled|}(WsCall call) => await Task.Yield();
        }
        public sealed class BAttribute : AAttribute
        {
            public override async void {|WSA044:OnCalling|}(WsCall call) => await Task.Yield();
        }
        """);

    [Fact]
    public Task WSA044_not_for_one_that_is_awaited() => Check(Usings + """
        public class AAttribute : WsFilterAttribute
        {
            public override void OnCalling(WsCall call) { }
            public override async ValueTask OnCallingAsync(WsCall call) => await Task.Yield();
            public async void Unrelated() => await Task.Yield();
        }
        """);
}
