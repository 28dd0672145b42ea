-- For wrk: asks for the addresses of a file one after the other, round and round.
-- wrk -s paths.lua URL -- FILE

local paths, at = {}, 0

function init(arguments)
  for path in io.lines(arguments[1]) do paths[#paths + 1] = path end
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
