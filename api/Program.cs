using Gamification.Api;

// The executable people run: a server (roles demo, all, api), or a command to one that runs.
if (AdminCommands.Knows(args))
{
    using var http = new HttpClient();
    return await AdminCommands.Run(args, http, Console.Out, Console.Error);
}

var builder = WebApplication.CreateSlimBuilder(args);
var data = builder.Configuration["Data"] ?? "data";
Directory.CreateDirectory(data);

// COMPOSITION, to be wired: builder.Services.AddEngine(...) brings the grains, TimeProvider and IEngineHealth.
builder.Services.AddEdge(new()
{
    Programmes = [builder.Configuration["Programme"] ?? "demo"],
    Secret = SecretFile.ReadOrCreate(Path.Combine(data, "secret")),
});

var app = builder.Build();
app.MapEdge();
await app.RunAsync();
return 0;
