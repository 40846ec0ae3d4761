-- Asks for the addresses of the file LIST, one a line, each thread from a place of its own on; in the end one line:
-- requests a second, median and 95th percentile in milliseconds, and how many requests went wrong.
local threads = 0
function setup(thread)
  thread:set("place", threads * 71)
  threads = threads + 1
end
local addresses = {}
function init()
  for line in io.lines(os.getenv("LIST")) do addresses[#addresses + 1] = line end
end
function request()
  place = place + 1
  return wrk.format("GET", addresses[place % #addresses + 1])
end
function done(summary, latency)
  local errors = summary.errors
  local wrong = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %.1f %.3f %.3f %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, wrong))
end
