using TemplateNamespace;
using WsAot;

// Settings come from Template.1.json, from variables that begin with TEMPLATE_PREFIX_, and from the command line: --help lists them.
return await WsServer.RunAsync(WsRoutes.Table, args, Application.Configure, name: "Template.1");
