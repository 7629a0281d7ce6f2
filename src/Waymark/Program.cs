var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Waymark");
app.Run();
