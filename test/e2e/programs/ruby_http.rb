require 'net/http'
require 'openssl'
require 'securerandom'

appid, key_file, endpoint, order = ARGV
params = {
  'appid' => appid,
  'mch_order_no' => order,
  'nonce_str' => SecureRandom.hex(16),
  'time_stamp' => Time.now.strftime('%Y%m%d%H%M%S')
}
text = params.sort.map { |name, value| "#{name}=#{value}" }.join
key = OpenSSL::PKey::RSA.new(File.read(key_file))
params['sign'] = key.sign('MD5', text).unpack1('H*')
puts Net::HTTP.post_form(URI("https://gateway.ksher.com/api/#{endpoint}"), params).body
